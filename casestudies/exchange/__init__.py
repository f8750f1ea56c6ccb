"""The case exchange format, `case/1`: one case a line of JSON, read, checked and written."""
