"""Forms with which people act on a request: one for each act, and one for the thread."""
