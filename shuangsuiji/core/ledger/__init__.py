"""The ledger's chain: lines that name the digest of the line before them, and checkpoints that fix where it ends."""
