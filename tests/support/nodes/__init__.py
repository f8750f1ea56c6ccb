"""Real servers and browsers for the tests, found on this machine or brought to it."""
