"""Tell people that the ledger does not verify: a case, and a notice to officers and operators."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import structlog
from django.db import transaction
from django.urls import reverse

from compliance.access.models import Account
from compliance.access.roles import Role
from compliance.cases.open_case import open_case
from compliance.cases.vocabulary import CaseKind
from compliance.ledger.logs import origin_of
from compliance.notices.notify import notify
from compliance.notices.vocabulary import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.cases.models import Case
    from compliance.ledger.verify.findings import Failure

log_event = structlog.get_logger(__name__)

_TOLD = (Role.OFFICER, Role.OPERATOR)


@transaction.atomic
def raise_alarm(failures: Iterable[Failure], *, log: int) -> list[Case]:
    """Open a case for each failure that has none yet, and tell people once about each; return the new cases.

    One transaction: no case without its notices, which are mailed as soon as mail goes.
    """
    new = []
    for failure in failures:
        words = sha256(failure.sentence.encode()).hexdigest()[:16]
        opened = open_case(
            kind=CaseKind.LEDGER_DIVERGES,
            key=f"{log}:{failure.check}:{words}",
            title=failure.sentence,
            facts={"log": origin_of(log), "check": failure.check, "index": failure.index},
        )
        if opened.is_new:
            log_event.error("ledger_diverges", log=log, check=failure.check, index=failure.index, case=opened.case.id)
            _tell(opened.case, log)
            new.append(opened.case)
    return new


def _tell(case: Case, log: int) -> None:
    notify(
        recipients=Account.objects.filter(role__in=_TOLD),
        kind=NoticeKind.LEDGER_DIVERGES,
        key=str(case.pk),
        address=reverse("proof"),
        words={"log": origin_of(log), "found": case.title},
    )
