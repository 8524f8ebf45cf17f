"""Read a day: the marks that stand on it, and the traffic that they are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from compliance.detection.marks import marks_of
from compliance.detection.names import FOLLOWER
from compliance.detection.reading.traffic import read_traffic
from compliance.registry.revision import current_revision

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from compliance.detection.reading.traffic import Traffic

_CURSOR = "SELECT next_xid FROM compliance_followercursor WHERE follower = %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDay:
    """A day as it was read. ``below`` is the transaction id below which all of it was followed.

    ``revision`` is the register's: an erasure moves it, and then what was read before may not be used.
    """

    day: date
    marks: Mapping[datetime, int]
    below: int
    revision: int
    traffic: Traffic


def read_day(day: date) -> ReadDay:
    """Read a day. The marks first: what is marked after them stays marked."""
    revision = current_revision()
    marks = marks_of(day)
    below = followed_below()
    return ReadDay(day=day, marks=marks, below=below, revision=revision, traffic=read_traffic(day, below=below))


def followed_below() -> int:
    """Return the transaction id below which everything was followed."""
    with connection.cursor() as database:
        database.execute(_CURSOR, [FOLLOWER])
        row = database.fetchone()
    return 0 if row is None else int(row[0])
