"""Timestamps (RFC 3161) on checkpoints: what an authority outside says existed when."""
