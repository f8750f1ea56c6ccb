"""Any search to take away: as a table for a spreadsheet, or as an address for programs."""
