"""What an erasure's entry says was erased: openings of records by position, whole or some of their fields. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ERASURE_SCHEMA = "kbi-audit/erasure/1"
SUBJECT_FIELD, USER_FIELD, DOSSIER_FIELD = "subject", "user", "dossier"
USER_POSITION = -1


class ErasedOpening(NamedTuple):
    """The opening at a position of a record (subjects from 0, the user -1); without fields all of it."""

    position: int
    fields: tuple[str, ...] = ()

    def holds(self, field: str) -> bool:
        """Tell whether this field of it was erased, if it was there."""
        return not self.fields or field in self.fields


def erased_openings(leaf: Mapping[str, Any]) -> list[tuple[str, ErasedOpening]]:
    """Return the targets of an erasure's entry, each with its record's identifier."""
    return [
        (str(record), ErasedOpening(int(position), tuple(map(str, fields[0])) if fields else ()))
        for record, position, *fields in leaf["targets"]
    ]


def is_subject_erased(erased: Iterable[ErasedOpening], place: int) -> bool:
    """Tell whether the subject at a place was erased."""
    return any(each.position == place and each.holds(SUBJECT_FIELD) for each in erased)


def is_user_erased(erased: Iterable[ErasedOpening]) -> bool:
    """Tell whether the user was erased."""
    return any(each.position == USER_POSITION and each.holds(USER_FIELD) for each in erased)


def is_dossier_erased(erased: Iterable[ErasedOpening], subjects: int) -> bool:
    """Tell whether the dossier reference was: it lies with the first subject, or with the user when there is none."""
    places = {0} if subjects else {0, USER_POSITION}
    return any(each.position in places and each.holds(DOSSIER_FIELD) for each in erased)
