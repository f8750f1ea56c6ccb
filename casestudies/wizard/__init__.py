"""Writing a case as data: steps, their questions, and how an answer is asked, read and kept."""
