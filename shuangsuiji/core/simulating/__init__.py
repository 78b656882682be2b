"""What thousands of draws of one pool would look like: chances, loads, visits, pairs, absences, years. Pure, no clock.

Simulating is not drawing: its seeds are none that a real draw can have (`seeds`), and it predicts nothing.
"""
