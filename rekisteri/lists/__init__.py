"""Luettelot ja tarrat: printed lists, address labels, letters and files of a selection, each through the door of the ledger."""
