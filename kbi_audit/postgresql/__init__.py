"""Django's PostgreSQL backend, which does not ask at every request whether the server is still there."""
