"""Forms for the visit (随机抽查通知书、抽查情况记录表): what is known goes on them, the rest is filled in by hand."""
