"""Tell people that the ledger does not verify: a case, and one mail to officers and operators."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext

from compliance.access.models import Account
from compliance.access.roles import Role
from compliance.cases.open_case import open_case
from compliance.cases.vocabulary import CaseKind
from compliance.ledger.logs import origin_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.cases.models import Case
    from compliance.ledger.verify.findings import Failure

log_event = structlog.get_logger(__name__)

_TOLD = (Role.OFFICER, Role.OPERATOR)


def raise_alarm(failures: Iterable[Failure], *, log: int) -> list[Case]:
    """Open a case for each failure that has none yet, and mail once about each; return the new cases.

    A mail that cannot be sent is logged: the case stands, and screens show it.
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
            new.append(opened.case)
    if new:
        _mail(new, log)
    return new


def _mail(cases: list[Case], log: int) -> None:
    people = Account.objects.filter(role__in=_TOLD, is_active=True).exclude(email="").order_by("username")
    for person in people:
        with translation.override(person.language):
            message = EmailMessage(
                subject=gettext("The ledger does not verify"),
                body=_body(cases, log),
                from_email=settings.DEFAULT_FROM_EMAIL,
                to=[person.email],
            )
        try:
            message.send()
        except OSError as error:
            log_event.error("alarm_not_mailed", cases=len(cases), error=type(error).__name__)  # noqa: TRY400 - a fact


def _body(cases: list[Case], log: int) -> str:
    told = gettext(
        "Verification found that the log %(log)s is not what was sealed. Look into it now, and change nothing before "
        "it is understood. What was found first:"
    ) % {"log": origin_of(log)}
    return "\n\n".join([told, *(f"{case.id}: {case.title}" for case in cases), settings.SITE_URL])
