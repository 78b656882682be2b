"""What the tool thinks: pure functions and frozen values. No file, no clock, no randomness, no screen."""
