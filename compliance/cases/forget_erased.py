"""Forget in cases who was erased: pseudonyms of whom no key is left compare with nobody any more."""

from __future__ import annotations

from django.db import transaction

from compliance.cases.models import Case, CaseFinding
from compliance.cases.suppressions.models import Suppression
from compliance.kernel.clock import now
from compliance.kernel.pseudonyms import short_range
from compliance.ledger.logs import LogNumber
from compliance.ledger.models import PersonKey

ERASURE = "erasure"


@transaction.atomic
def forget_erased() -> int:
    """Take pseudonyms without a key out of cases; return how many there were. One transaction; to be done every night.

    A suppression of a user who is forgotten ends, or it would cover everybody. What was decided stays.
    """
    held = set(Suppression.objects.exclude(user_key=None).values_list("user_key", flat=True))
    for rows in (Case.objects, CaseFinding.objects):
        for column in ("user_key", "person_key"):
            held |= set(rows.exclude(**{column: None}).order_by().values_list(column, flat=True).distinct())
    gone = [pseudonym for pseudonym in held if pseudonym is not None and not _has_key(pseudonym)]
    Suppression.objects.filter(user_key__in=gone, ended_at=None).update(
        ended_at=now(), ended_by=ERASURE, ended_reason=ERASURE
    )
    Suppression.objects.filter(user_key__in=gone).update(user_key=None)
    for cases in (Case.objects, CaseFinding.objects):
        cases.filter(user_key__in=gone).update(user_key=None)
        cases.filter(person_key__in=gone).update(person_key=None)
    return len(gone)


def _has_key(pseudonym: int) -> bool:
    least, most = short_range(pseudonym)
    keys = PersonKey.objects.filter(log=LogNumber.EXCHANGES, lookup__gte=least, lookup__lte=most)
    return keys.exists()
