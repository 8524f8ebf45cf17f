"""Stop the clock of a data breach: it was notified, or need not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from compliance.cases.breaches.begin_breach import stop_clock
from compliance.cases.breaches.content import read_notification
from compliance.cases.breaches.running import running_breach
from compliance.cases.breaches.vocabulary import Authority, BreachEnd
from compliance.cases.said import stated
from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, InvalidInputError

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.cases.breaches.models import Breach

_LONGEST_REFERENCE = 200


@transaction.atomic
def mark_notified(
    *, breach: Breach, account: Account, authority: Authority, reference: str, notified_at: datetime
) -> Breach:
    """Write down that the last version was notified: to whom, when, and under which reference. One transaction.

    Raises :class:`InvalidInputError` without a version, for a moment before the officer was aware or after now, and
    when it is late and the version does not say why (article 33(1)).
    """
    breach = running_breach(breach, account=account)
    at = now()
    told = stated(reference, field="reference", shortest=1, longest=_LONGEST_REFERENCE)
    last = breach.drafts.last()
    errors = []
    if last is None:
        errors.append(FieldError("/draft", _("Save a version of the notification first."), "no-draft"))
    elif notified_at > breach.due_at and not read_notification(last.content).late_because:
        detail = _("It was notified after 72 hours. Write in the notification why.")
        errors.append(FieldError("/draft", detail, "no-reason-for-delay"))
    if not breach.aware_at <= notified_at <= at:
        detail = _("Choose a moment after you became aware of the breach, and not later than now.")
        errors.append(FieldError("/notified_at", detail, "wrong-moment"))
    if errors:
        raise InvalidInputError(errors=tuple(errors))
    breach.authority, breach.reference, breach.notified_at = authority, told, notified_at
    return stop_clock(breach, end=BreachEnd.NOTIFIED, account=account, reason="", at=at)


@transaction.atomic
def mark_not_needed(*, breach: Breach, account: Account, reason: str) -> Breach:
    """Write down why it need not be notified: it is unlikely to be a risk for persons (article 33(1)). One transaction.

    It is documented all the same (article 33(5)). Raises :class:`InvalidInputError` without a reason.
    """
    breach = running_breach(breach, account=account)
    return stop_clock(breach, end=BreachEnd.NOT_NEEDED, account=account, reason=stated(reason), at=now())
