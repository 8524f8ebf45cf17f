"""Keep a version of the notification of a data breach."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from compliance.cases.breaches.content import TEXTS, read_notification
from compliance.cases.breaches.models import BreachDraft
from compliance.cases.breaches.running import running_breach
from compliance.cases.move import move
from compliance.cases.said import LONGEST
from compliance.cases.vocabulary import CaseAct
from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.kernel.identifiers import holds_insz
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.cases.breaches.content import Notification
    from compliance.cases.breaches.models import Breach


@transaction.atomic
def save_draft(*, breach: Breach, account: Account, notification: Notification) -> BreachDraft:
    """Keep what was written as the next version; earlier ones stay. One transaction.

    A version that says the same as the last is not kept again. Raises :class:`ForbiddenError`,
    :class:`~compliance.cases.breaches.running.ClockStoppedError` and :class:`InvalidInputError`.
    """
    breach = running_breach(breach, account=account)
    _check(notification)
    last = breach.drafts.last()
    if last is not None and read_notification(last.content) == notification:
        return last
    content = msgspec.to_builtins(notification)
    at = now()
    number = 1 if last is None else last.number + 1
    digest = sha256(msgspec.json.encode(content, order="sorted")).hexdigest()
    event = move(
        breach.case,
        act=CaseAct.BREACH,
        kind=ActKind.BREACH_DRAFTED,
        actor=account.actor,
        at=at,
        details={"version": str(number), "content_sha256": digest},
    )
    return BreachDraft.objects.create(
        breach=breach, number=number, content=content, at=at, by=account.username, entry=event.entry
    )


def _check(notification: Notification) -> None:
    errors = []
    for field in TEXTS:
        text = getattr(notification, field)
        if len(text) > LONGEST:
            told = _("Use at most %(count)s characters.") % {"count": LONGEST}
            errors.append(FieldError(f"/{field}", told, "too-long"))
        elif holds_insz(text):
            told = _("This holds a national number. Leave it out: what you write here is kept for ever.")
            errors.append(FieldError(f"/{field}", told, "holds-national-number"))
    begins, ends = notification.begins_on, notification.ends_on
    if begins and ends and ends < begins:
        told = _("The last day must not lie before the first day.")
        errors.append(FieldError("/ends_on", told, "wrong-period"))
    for field in ("persons", "records"):
        if getattr(notification, field) < 0:
            told = _("A number cannot be less than zero.")
            errors.append(FieldError(f"/{field}", told, "out-of-range"))
    if errors:
        raise InvalidInputError(errors=tuple(errors))
