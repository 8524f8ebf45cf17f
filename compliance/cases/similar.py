"""Past cases that look like one, and how they ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import Q

from compliance.cases.models import Case
from compliance.cases.vocabulary import CaseKind

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST: Final = 8
_LOOKED_AT: Final = 200
_COLUMNS: Final = {"user": "user_key", "person": "person_key", "detector": "detector", "partner": "partner"}


class Similar(NamedTuple):
    """A decided case, and in what it is the same: ``story``, ``user``, ``person``, ``detector``, ``partner``."""

    case: Case
    alike: tuple[str, ...]


def similar(case: Case) -> list[Similar]:
    """Return decided cases that share most with this one, the most alike and then the newest first. One query."""
    alike = Q(detector=case.detector, partner=case.partner)
    if case.story:
        alike |= Q(story=case.story)
    if case.user_key is not None:
        alike |= Q(user_key=case.user_key)
    if case.person_key is not None:
        alike |= Q(person_key=case.person_key)
    found = Case.objects.decided().filter(alike, kind=case.kind).exclude(pk=case.pk).order_by("-decided_at")
    told = [Similar(one, tuple(_alike(case, one))) for one in found[:_LOOKED_AT]]
    return sorted(told, key=lambda one: -len(one.alike))[:MOST]


def _alike(case: Case, other: Case) -> Iterator[str]:
    if case.kind != CaseKind.FLAGGED or (case.story and case.story == other.story):
        yield "story"
    for name, column in _COLUMNS.items():
        if getattr(case, column) not in {None, ""} and getattr(case, column) == getattr(other, column):
            yield name
