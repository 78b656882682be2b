"""The numbers of the law: clocks, working days, each with its source."""
