"""Searches that a person follows."""
