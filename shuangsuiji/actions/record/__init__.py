"""``ssj record``: from returned workbooks (`workbooks`), by options (`options`), visits outside the draw (`otherwise`).

All of one command is one append (`keeping`).
"""
