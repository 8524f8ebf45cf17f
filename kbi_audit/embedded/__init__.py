"""Servers of our own for a fresh machine: demo, development and tests. Never production."""
