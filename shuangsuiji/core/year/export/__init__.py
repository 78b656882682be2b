"""Rows for other platforms (domain §7): made of state, rosters and codes, checked before anything is written."""
