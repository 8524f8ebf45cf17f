"""What authorities outside said of when checkpoints existed, as the ledger keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.ledger.models import Timestamp

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """That an authority saw the checkpoint of this size, at its own time. Its token was verified when it came in."""

    size: int
    authority: str
    stamped_at: datetime


def last_stamp(*, log: int) -> Stamp | None:
    """Return the newest. One query."""
    return _stamp(Timestamp.objects.filter(log=log).order_by("-size").values_list(*_COLUMNS).first())


def first_stamp(*, log: int, size: int) -> Stamp | None:
    """Return the oldest over at least so many leaves: since then these existed. One query."""
    return _stamp(Timestamp.objects.filter(log=log, size__gte=size).order_by("size").values_list(*_COLUMNS).first())


_COLUMNS = ("size", "authority", "stamped_at")


def _stamp(row: tuple[int, str, datetime] | None) -> Stamp | None:
    return None if row is None else Stamp(*row)
