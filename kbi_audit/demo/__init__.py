"""The whole service on a fresh machine, in the foreground."""
