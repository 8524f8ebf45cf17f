"""A case of what is wrong with the service itself: one at a time for each part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from compliance.cases.models import Case
from compliance.cases.open_case import Opened, open_case

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from compliance.cases.vocabulary import CaseKind

SEVERITY: Final = 70
"""What fails unseen lets misuse by unseen."""


def open_once_at_a_time(
    *, kind: CaseKind, part: str, facts: Mapping[str, Any], since: datetime | None = None
) -> Opened | None:
    """Open a case of a part of the service, unless its last one is open; return it.

    ``None`` when the last one was decided after ``since``, when the part was found wrong: there is nothing new.
    """
    last = Case.objects.filter(kind=kind, story=part).order_by("id").last()
    if last is not None:
        if last.decided_at is None:
            return Opened(last, is_new=False)
        if since is not None and since <= last.decided_at:
            return None
    number = Case.objects.filter(kind=kind, story=part).count()
    return open_case(kind=kind, key=f"{part}~{number}", facts=facts, severity=SEVERITY, story=part, earlier=last)
