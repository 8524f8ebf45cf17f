"""Column types of PostgreSQL that the framework does not have."""

from __future__ import annotations

from django.db import models


class TransactionIdField(models.BigIntegerField):
    """A ``xid8``: the 64-bit id of the transaction that wrote the row; filled by the database."""

    def db_type(self, connection: object) -> str:
        """Return PostgreSQL's name of the type."""
        return "xid8"

    def from_db_value(self, value: str | int | None, *_: object) -> int | None:
        """Read the text that the driver hands out."""
        return None if value is None else int(value)
