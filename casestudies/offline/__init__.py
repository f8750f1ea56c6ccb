"""Cases written without a line: the questions as a Word file, and what a filled one says."""
