"""Cases like this one that were decided, and how they ended."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case as When
from django.db.models import IntegerField, Q, Value
from django.db.models import When as Then

from compliance.cases.models import Case
from compliance.cases.vocabulary import Outcome

if TYPE_CHECKING:
    from compliance.access.models import Account

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Similar:
    """The nearest cases, and how all decided cases of the same detector at the same partner ended."""

    nearest: tuple[Case, ...]
    ended: Counter[Outcome]


def similar_to(case: Case, account: Account) -> Similar:
    """Return cases of the same user first, then of the same partner and detector; two queries."""
    decided = Case.objects.visible_to(account).decided().exclude(pk=case.pk)
    same_user = Q(user_key=case.user_key) if case.user_key is not None else Q(pk__in=())
    same_kind = Q(kind=case.kind, detector=case.detector)
    near = When(
        Then(same_user, then=Value(0)),
        Then(same_kind & Q(partner=case.partner), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    nearest = decided.filter(same_user | same_kind).alias(near=near).order_by("near", "-decided_at")
    ended = decided.filter(same_kind, partner=case.partner).order_by().values_list("outcome", flat=True)
    return Similar(
        nearest=tuple(nearest.prefetch_related("decisions", "findings")[:SHOWN]),
        ended=Counter(Outcome(one) for one in ended),
    )
