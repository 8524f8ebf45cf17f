"""What a report says about persons: commitments for the leaf, and the openings behind them.

Each personal field gets a fresh salt; the user and the dossier reference are committed to also when
they are absent, so that a leaf does not tell whether they were there. An opening's text holds, one
a line, the disclosures that belong to one person: a subject's identifier (the first subject's with
the dossier reference), the user's key; and, for nobody, those of absent fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from compliance.exchanges import people
from compliance.kernel.disclosures import commitment, disclosure, element_disclosure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compliance.exchanges.submission import Submission

USER = -1
ABSENT = -2
_NULL = b"null"


class OpeningDraft(NamedTuple):
    """An opening before encryption; without ``lookup`` it is about nobody and stays readable."""

    position: int
    lookup: bytes | None
    dossier: bytes | None
    text: bytes


class Commitments(NamedTuple):
    """What goes into the leaf, and what lies beside it."""

    sd: tuple[str, str]
    subjects: tuple[str, ...]
    openings: list[OpeningDraft]


def commit(report: Submission, salts: Iterator[bytes]) -> Commitments:
    """Commit to every personal field of a checked report; takes ``2 + number of subjects`` salts.

    Users, dossiers and numbers of other kinds than ``insz`` are those of the asking organisation.
    """
    asker = report.asker
    scope = asker.organisation
    user = None if asker.user is None else people.user(scope, asker.user.kind, asker.user.value)
    user_text = disclosure(next(salts), b"user", _NULL if user is None else user.value)
    dossier = None if report.dossier is None else people.dossier_lookup(scope, report.dossier)
    dossier_text = disclosure(
        next(salts), b"dossier", _NULL if report.dossier is None else msgspec.json.encode(report.dossier)
    )
    openings: list[OpeningDraft] = []
    digests = []
    rest = None if dossier is None else dossier_text
    for position, told in enumerate(report.subjects):
        person = people.subject(scope, told.kind, told.value, told.role)
        text = element_disclosure(next(salts), person.value)
        digests.append(commitment(text))
        openings.append(_opening(position, person.lookup, text, dossier, rest))
        rest = None
    if user is not None:
        openings.append(_opening(USER, user.lookup, user_text, dossier, rest))
        rest = None
    if rest is not None and dossier is not None:
        openings.append(OpeningDraft(0, dossier, dossier, dossier_text))
    if user is None or dossier is None:
        absent = [text for text, there in ((user_text, user), (dossier_text, dossier)) if there is None]
        openings.append(OpeningDraft(ABSENT, None, None, b"\n".join(absent)))
    first, second = commitment(user_text), commitment(dossier_text)
    return Commitments((first, second) if first < second else (second, first), tuple(digests), openings)


def persons_of(reports: Iterable[Submission]) -> dict[bytes, int | None]:
    """Return the pseudonyms under whose keys :func:`commit` will have openings encrypted, with their number ranges."""
    found: dict[bytes, int | None] = {}
    for report in reports:
        scope = report.asker.organisation
        for told in report.subjects:
            person = people.subject(scope, told.kind, told.value, told.role)
            found[person.lookup] = person.number_range
        user = report.asker.user
        if user is not None:
            asked = people.user(scope, user.kind, user.value)
            found[asked.lookup] = asked.number_range
        elif not report.subjects and report.dossier is not None:
            found[people.dossier_lookup(scope, report.dossier)] = None
    return found


def _opening(position: int, lookup: bytes, text: bytes, dossier: bytes | None, rest: bytes | None) -> OpeningDraft:
    """Draft a person's opening; the first of a record takes the dossier's disclosure along."""
    if rest is None:
        return OpeningDraft(position, lookup, None, text)
    return OpeningDraft(position, lookup, dossier, text + b"\n" + rest)
