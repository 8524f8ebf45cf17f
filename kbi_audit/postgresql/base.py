"""The backend that ``DATABASES`` names."""

from __future__ import annotations

import time

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

TRUSTED_SECONDS = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    """A kept connection that answered less than a second ago is taken to be usable.

    Asking costs a round trip, and a machine door that takes hundreds of reports a second would ask at
    every one. Who comes within that second of a lost server is told to try again, as whoever was
    already in the middle is.
    """

    _answered_at = float("-inf")

    def is_usable(self) -> bool:
        """Tell whether the connection works, from memory when it is fresh."""
        fresh = time.monotonic() - self._answered_at < TRUSTED_SECONDS
        if fresh and not self.errors_occurred and self.connection.info.transaction_status != TransactionStatus.INERROR:
            return True
        usable = super().is_usable()
        if usable:
            self._answered_at = time.monotonic()
        return usable

    def connect(self) -> None:
        """Connect, and trust the new connection for a moment."""
        super().connect()
        self._answered_at = time.monotonic()
