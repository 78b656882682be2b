"""The doors: one per format. Bytes come in as values or Problems, values go out as whole files."""
