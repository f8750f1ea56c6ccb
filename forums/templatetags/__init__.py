"""Template tags of the regional forums."""
