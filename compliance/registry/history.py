"""How a row came to say what it says."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from compliance.registry.models import RegisterChange

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What one field said before (``None``: nothing yet) and after."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Step:
    """One version, and how it differs from the one before."""

    change: RegisterChange
    differences: tuple[FieldChange, ...]


def history(*, kind: str, code: str) -> list[Step]:
    """Return the versions of a row, the newest first. One query."""
    versions = list(RegisterChange.objects.filter(kind=kind, code=code).order_by("version"))
    first = [Step(change, _differences({}, change.state)) for change in versions[:1]]
    later = [Step(after, _differences(before.state, after.state)) for before, after in pairwise(versions)]
    return [*first, *later][::-1]


def version_at(*, kind: str, code: str, moment: datetime) -> RegisterChange | None:
    """Return the version that stood at a moment, or nothing when the row was not there yet. One query."""
    found = RegisterChange.objects.filter(kind=kind, code=code, changed_at__lte=moment)
    return found.order_by("-version").first()


def _differences(before: dict[str, object], after: dict[str, object]) -> tuple[FieldChange, ...]:
    names = [*after, *(name for name in before if name not in after)]
    return tuple(
        FieldChange(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    )
