"""On which day each visit is made: at random, even by week for everybody, within leave and the plan's limits."""
