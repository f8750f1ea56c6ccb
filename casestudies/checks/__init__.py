"""Automatic checks of a case: each a class that looks at one thing and says what to do about it."""
