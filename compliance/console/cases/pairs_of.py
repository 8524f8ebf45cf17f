"""Who looked at whom in cases, by pseudonym."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from compliance.console.presenters import words
from compliance.console.presenters.cases.graph_picture import Pair
from compliance.detection.models import PairDay

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.cases.models import Case


def pairs_of(cases: Iterable[Case]) -> dict[int, list[Pair]]:
    """Return the pairs of each case that is about a user or a person, by its number. A query for each of these."""
    return {case.pk: _pairs(case) for case in cases if case.user_key is not None or case.person_key is not None}


def _pairs(case: Case) -> list[Pair]:
    if case.begins is None or case.ends is None:
        return []
    days = (words.local_day(case.begins), words.local_day(case.ends - timedelta(microseconds=1)))
    whom = Q(user=case.user_key) if case.user_key is not None else Q()
    if case.person_key is not None:
        whom &= Q(person=case.person_key)
    if case.user_key is not None and case.partner:
        whom &= Q(partner=case.partner)
    rows = PairDay.objects.filter(whom, day__range=days).values_list("user", "person")
    return [Pair(*row) for row in rows.annotate(Sum("look_ups"), Sum("unexplained")).order_by()]
