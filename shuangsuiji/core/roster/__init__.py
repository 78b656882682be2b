"""What bureaus keep: subjects, inspectors, items, conflicts; and what makes a row of them valid."""
