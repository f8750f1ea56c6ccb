"""What the reader's pages show of cases: gathered in few statements, worded for one reader."""
