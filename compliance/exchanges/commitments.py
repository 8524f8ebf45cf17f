"""What a report says about persons: commitments for the leaf, and the openings behind them.

Each personal field gets a fresh salt; the user and the dossier reference are committed to also when
they are absent, so that a leaf does not tell whether they were there. An opening's text holds, one
a line, the disclosures that belong to one person: a subject's identifier (the first subject's with
the dossier reference), the user's key; and, for nobody, those of absent fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from compliance.exchanges.people import dossier_lookup, normal_identifier, person_lookup
from compliance.kernel.disclosures import commitment, disclosure, element_disclosure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.exchanges.submission import Submission

USER = -1
ABSENT = -2


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


def commit(report: Submission, *, scope: str, salts: Iterator[str]) -> Commitments:
    """Commit to every personal field of a checked report; takes ``2 + number of subjects`` salts.

    ``scope`` is the organisation whose own keys for users and dossiers are meant.
    """
    user = report.asker.user
    user_value = None if user is None else _person(user.kind, user.value)
    user_text = disclosure(salt=next(salts), name="user", value=user_value)
    dossier_text = disclosure(salt=next(salts), name="dossier", value=report.dossier)
    first, second = commitment(user_text), commitment(dossier_text)
    openings: list[OpeningDraft] = []
    digests = []
    dossier = None if report.dossier is None else dossier_lookup(scope, report.dossier)
    for position, subject in enumerate(report.subjects):
        value = normal_identifier(subject.kind, subject.value) or ""
        text = element_disclosure(
            salt=next(salts), value=msgspec.json.encode({"kind": subject.kind, "role": subject.role, "value": value})
        )
        digests.append(commitment(text))
        if position == 0 and dossier is not None:
            text += b"\n" + dossier_text
        found_by = person_lookup(scope, subject.kind, value)
        openings.append(OpeningDraft(position, found_by, dossier if position == 0 else None, text))
    absent = []
    if user is None:
        absent.append(user_text)
    else:
        found_by = person_lookup(scope, user.kind, normal_identifier(user.kind, user.value) or "")
        alone = not report.subjects and dossier is not None
        text = user_text + b"\n" + dossier_text if alone else user_text
        openings.append(OpeningDraft(USER, found_by, dossier if alone else None, text))
    if dossier is None:
        absent.append(dossier_text)
    elif not openings:
        found_by = dossier
        openings.append(OpeningDraft(0, found_by, dossier, dossier_text))
    if absent:
        openings.append(OpeningDraft(ABSENT, None, None, b"\n".join(absent)))
    return Commitments((min(first, second), max(first, second)), tuple(digests), openings)


def _person(kind: str, value: str) -> str:
    return f"{kind}:{normal_identifier(kind, value)}"
