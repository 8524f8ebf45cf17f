"""Wiring only: settings, addresses, jobs, servers. What the service does is in `compliance`."""
