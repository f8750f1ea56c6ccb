"""The portal as a person meets it: the real product in a real Chromium."""
