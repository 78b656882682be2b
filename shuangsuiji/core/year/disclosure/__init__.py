"""What the public gets to read (公示文书): notices made of plan, pool, ledger and rosters, without anything private."""
