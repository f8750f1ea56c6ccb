"""The rules of the house that no tool checks for us; the floors are import-linter's."""
