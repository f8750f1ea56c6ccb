"""Several real processes at one database at the same moment."""
