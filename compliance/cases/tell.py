"""Tell people of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from compliance.kernel.clock import BRUSSELS
from compliance.notices.notify import notify
from compliance.notices.sentences import places_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.access.models import Account
    from compliance.cases.models import Case
    from compliance.notices.models import Notice
    from compliance.notices.vocabulary import NoticeKind


def address_of(case: Case) -> str:
    """Return the path of a case's page."""
    return reverse("case", args=[case.code])


def tell(case: Case, kind: NoticeKind, people: Iterable[Account], *, key: str, by: str = "") -> list[Notice]:
    """Tell people something about a case, once by ``key``. In the caller's transaction.

    No word says whom it is about, or which partner: mail is read on telephones.
    """
    day = case.due_at.astimezone(BRUSSELS).date().isoformat()
    words = {"code": case.code, "by": by, "day": day}
    fitting = {place: words[place] for place in places_of(kind)}
    return notify(recipients=people, kind=kind, key=f"{case.code}:{key}", address=address_of(case), words=fitting)
