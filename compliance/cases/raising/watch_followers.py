"""Age alarms: entries that wait too long for their place, and followers of the ledger that stand still."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import connection, transaction

from compliance.cases.raising.once_at_a_time import open_once_at_a_time
from compliance.cases.vocabulary import CaseKind
from compliance.kernel.clock import now
from compliance.ledger.freshness import unsealed_age
from compliance.ledger.logs import LogNumber, origin_of
from compliance.statistics.models import FollowerCursor

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.cases.models import Case

PATIENCE: Final = timedelta(hours=2)
"""How long an entry may wait for a follower: detection promises to find within two hours."""
_WAITING = "SELECT recorded_at FROM ledger_entry WHERE log = %s AND xid >= %s AND recorded_at < %s LIMIT 1"


def watch_followers() -> list[Case]:
    """Open a case for each log that is not sealed in time, and each follower that is behind; return the new ones."""
    at = now()
    opened = []
    for log in LogNumber:
        age = unsealed_age(log)
        if age is not None and age > timedelta(seconds=settings.MAX_MERGE_DELAY_SECONDS):
            facts = {"log": origin_of(log), "minutes": age // timedelta(minutes=1)}
            opened.append(open_once_at_a_time(kind=CaseKind.UNSEALED, part=origin_of(log), facts=facts))
    for cursor in FollowerCursor.objects.order_by("follower"):
        since = _waiting_since(cursor.next_xid, before=at - PATIENCE)
        if since is not None:
            facts = {"follower": cursor.follower, "minutes": (at - since) // timedelta(minutes=1)}
            opened.append(open_once_at_a_time(kind=CaseKind.BEHIND, part=cursor.follower, facts=facts))
    return [one.case for one in opened if one is not None and one.is_new]


def _waiting_since(next_xid: int, *, before: datetime) -> datetime | None:
    """Return when an exchange was recorded that a follower should have passed by now."""
    with transaction.atomic(), connection.cursor() as cursor:
        # The planner cannot know how few entries wait: let it go by the index on xid, as the sealer does.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(_WAITING, [LogNumber.EXCHANGES, next_xid, before])
        row = cursor.fetchone()
    return None if row is None else row[0]
