"""The doors of an import: source files in; they are never modified."""
