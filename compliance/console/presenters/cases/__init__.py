"""Cases in words and pictures."""
