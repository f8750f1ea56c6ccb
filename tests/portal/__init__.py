"""The shell of the portal: its kernel, directory, home and texts."""
