"""Words ↔ calls: options become arguments of `actions`, results go to `screen`; the clock and the exit codes."""
