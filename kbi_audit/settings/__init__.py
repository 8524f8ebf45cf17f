"""Django's settings: `base` for all, then one module per kind of place."""
