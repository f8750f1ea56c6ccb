"""Case studies: writing, review, services."""
