"""Messy lists as bureaus have them, each with the roster and the report that a clerk would want of it.

All places, firms, people and codes are invented. `forms` makes files; every other room holds cases:
`layouts` (headings, areas, totals), `texts` (encodings, file formats), `cells` (what stands in a cell), `doubles`
(duplicates and updates), `others` (inspectors, items, conflicts), `refused` (what is told and not guessed).
"""
