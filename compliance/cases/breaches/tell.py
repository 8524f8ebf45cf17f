"""Tell people of the clock of a data breach."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from compliance.cases.tell import address_of
from compliance.kernel.clock import BRUSSELS
from compliance.notices.notify import notify
from compliance.notices.sentences import places_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.cases.breaches.models import Breach
    from compliance.notices.models import Notice
    from compliance.notices.vocabulary import NoticeKind


def tell_of_clock(
    breach: Breach, kind: NoticeKind, people: Iterable[Account], *, at: datetime, moment: str = "begun"
) -> list[Notice]:
    """Tell people by when a breach is to be notified, once at each moment of its clock."""
    due = breach.due_at.astimezone(BRUSSELS)
    words = {
        "code": breach.case.code,
        "day": due.date().isoformat(),
        "time": f"{due:%H:%M}",
        "hours": str(max(0, (breach.due_at - at) // timedelta(hours=1))),
    }
    fitting = {place: words[place] for place in places_of(kind)}
    key = f"{breach.uid}:{moment}"
    return notify(recipients=people, kind=kind, key=key, address=address_of(breach.case), words=fitting)
