"""How the service itself does: followers, room for the coming months, mail, machines that report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import connection

from compliance.access.models import MachineClient
from compliance.kernel.clock import now
from compliance.notices.waiting_mail import WaitingMail, waiting_mail
from compliance.registry.models import RegisterChange
from compliance.statistics.models import FollowerCursor

if TYPE_CHECKING:
    from collections.abc import Sequence

CHANGES_SHOWN = 8
_PARTITIONS = """
SELECT max(right(child.relname, 8)) FROM pg_inherits
  JOIN pg_class child ON child.oid = inhrelid
 WHERE inhparent = 'exchanges_exchange'::regclass
"""


@dataclass(frozen=True, slots=True)
class Follower:
    """A follower of the exchanges: when it last moved, and how many transactions lie before it."""

    name: str
    moved_at: datetime
    behind: int


@dataclass(frozen=True, slots=True)
class Operations:
    """What an operator looks at first."""

    followers: tuple[Follower, ...]
    last_month: date | None
    months_ahead: int
    mail: WaitingMail
    clients: Sequence[MachineClient]
    changes: Sequence[RegisterChange]


def operations() -> Operations:
    """Look at everything; six queries."""
    at, last_month = now(), _last_month()
    return Operations(
        followers=_followers(),
        last_month=last_month,
        months_ahead=_months_between(at.date(), last_month) if last_month else 0,
        mail=waiting_mail(at=at),
        clients=list(MachineClient.objects.select_related("organisation").order_by("name")),
        changes=list(RegisterChange.objects.order_by("-id")[:CHANGES_SHOWN]),
    )


def _followers() -> tuple[Follower, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (oldest_running,) = cursor.fetchone()
    return tuple(
        Follower(cursor.follower, cursor.moved_at, max(0, oldest_running - cursor.next_xid))
        for cursor in FollowerCursor.objects.order_by("follower")
    )


def _last_month() -> date | None:
    """Return the newest month that has a partition; their names end in ``y2016m03``."""
    with connection.cursor() as cursor:
        cursor.execute(_PARTITIONS)
        (name,) = cursor.fetchone()
    return date(int(name[1:5]), int(name[6:8]), 1) if name else None


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month
