"""The commands: each gathers (files become values, or all Problems), decides (core), applies (ledger, then papers)."""
