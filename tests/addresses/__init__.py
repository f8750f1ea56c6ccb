"""Every address asked by everybody, and what of others is shown there: nothing."""
