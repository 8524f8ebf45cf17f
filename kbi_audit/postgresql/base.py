"""The backend that ``DATABASES`` names."""

from __future__ import annotations

import select
import time

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

TRUSTED_SECONDS = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    """A kept connection that answered less than a second ago is taken to be usable.

    Asking costs a round trip, and a machine door that takes hundreds of reports a second would ask at
    every one. A server that ends a session says so on the socket, where an idle session has nothing to
    read: that is looked at every time, and costs a microsecond. Who comes within that second of a server
    that fell silent is told to try again, as whoever was already in the middle is.
    """

    _answered_at = float("-inf")

    def is_usable(self) -> bool:
        """Tell whether the connection works, from memory when it is fresh."""
        fresh = time.monotonic() - self._answered_at < TRUSTED_SECONDS
        if fresh and not self.errors_occurred and self._is_quiet():
            return True
        usable = super().is_usable()
        if usable:
            self._answered_at = time.monotonic()
        return usable

    def _is_quiet(self) -> bool:
        """Tell whether the session is open, in no failed transaction, and the server sent nothing unasked."""
        session = self.connection
        if session.closed or session.info.transaction_status == TransactionStatus.INERROR:
            return False
        poll = select.poll()
        poll.register(session.fileno(), select.POLLIN)
        return not poll.poll(0)

    def connect(self) -> None:
        """Connect, and trust the new connection for a moment."""
        super().connect()
        self._answered_at = time.monotonic()
