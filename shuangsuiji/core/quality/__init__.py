"""How good the roster of subjects is, per stratum: what is missing, doubtful or stale, and a score."""
