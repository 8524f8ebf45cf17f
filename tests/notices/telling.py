"""What tests of notices share: something to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.notices.notify import notify
from compliance.notices.sentences import places_of
from compliance.notices.vocabulary import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.access.models import Account
    from compliance.notices.models import Notice

WORDS = {
    "by": "VDAB",
    "client": "vdab-gateway",
    "code": "AV-2026-0001",
    "day": "2026-12-01",
    "found": "a leaf",
    "log": "kbi",
    "authorisation": "VTC-2014-01",
    "organisation": "VDAB",
    "hours": "12",
    "month": "2026-11",
    "count": "30",
    "time": "17:00",
    "title": "Job mediation",
    "new": "3",
    "mine": "2",
    "due": "1",
    "waiting": "0",
    "second": "0",
    "questions": "1",
    "clocks": "1",
    "codes": "DOSSIER-2026-0001",
}


def told(
    people: Iterable[Account],
    *,
    kind: NoticeKind = NoticeKind.ADVICE_ASKED,
    key: str = "AV-2026-0001",
    address: str = "/portal/",
    **words: str,
) -> list[Notice]:
    """Tell people something about a request of VDAB's."""
    given = {**WORDS, **words}
    needed = {place: given[place] for place in places_of(kind)}
    return notify(recipients=people, kind=kind, key=key, address=address, words=needed)
