"""Promises, as sentences."""
