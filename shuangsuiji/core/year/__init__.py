"""The year after the draw: what happened (events), where it stands (their fold), and what follows from it."""
