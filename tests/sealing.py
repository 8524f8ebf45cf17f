"""Sealing in tests that share the server: what other tests hold open, holds the server's horizon back for a moment."""

from __future__ import annotations

import threading
import time

from compliance.ledger.models import Entry
from compliance.ledger.seal import Sealer

PATIENCE = 120.0


def seal_everything(log: int) -> int:
    """Seal all entries of a log, waiting for other tests' transactions; return its size."""
    deadline = time.monotonic() + PATIENCE
    while True:
        size = Sealer(log).seal_all().size
        if size >= Entry.objects.filter(log=log).count():
            return size
        assert time.monotonic() < deadline, "another transaction stays open"
        threading.Event().wait(0.02)
