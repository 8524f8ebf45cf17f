"""What a report must satisfy beyond its shape. An exchange without cover is not an error: it is recorded.

Parties and route must be known to the register, because a record that belongs to nobody can be
shown to nobody. A service, purpose, category or legal basis that the register does not know is
recorded and judged as outside.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from compliance.exchanges.people import normal_identifier
from compliance.kernel.canonical import is_canonical_text
from compliance.kernel.errors import FieldError
from compliance.kernel.identifiers import holds_insz
from compliance.registry.keeper import keeper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.authorisations.snapshot import Snapshot
    from compliance.exchanges.submission import Submission

FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD = timedelta(minutes=5)
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,39}")
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
_well_formed_codes: set[str] = set()
_CODES_KEPT = 50_000


def problems(
    report: Submission, *, snapshot: Snapshot, producers: frozenset[str], now: datetime
) -> Iterator[FieldError]:
    """Yield everything that is wrong with a report, with the field and the remedy; never a person's number."""
    yield from _time(report, now)
    yield from _parties(report, snapshot, producers)
    yield from _codes(report)
    yield from _texts(report)
    yield from _persons(report)


def _time(report: Submission, now: datetime) -> Iterator[FieldError]:
    if not FIRST_MOMENT <= report.started_at <= now + AHEAD:
        yield FieldError(
            "/started_at",
            "The start lies before 2000 or more than five minutes ahead. "
            "Check the clock and the time zone of the sender.",
            "time-out-of-range",
        )
    if report.ended_at is not None and report.ended_at < report.started_at:
        yield FieldError("/ended_at", "The end lies before the start. Send both in one time zone.", "time-order")


def _parties(report: Submission, snapshot: Snapshot, producers: frozenset[str]) -> Iterator[FieldError]:
    asker = report.asker
    if report.producer is not None and report.producer not in producers:
        yield FieldError("/producer", "This client may not report for this producer.", "not-your-producer")
    if asker.organisation not in snapshot.organisations:
        yield _unknown("/asker/organisation", "organisation")
    if asker.on_behalf_of is not None and asker.on_behalf_of not in snapshot.organisations:
        yield _unknown("/asker/on_behalf_of", "organisation")
    if report.source not in snapshot.organisations:
        yield _unknown("/source", "organisation")
    if report.route not in snapshot.routes:
        yield _unknown("/route", "route")
    us = keeper()
    if (report.source if report.direction == "provided" else asker.organisation) != us:
        yield FieldError(
            "/direction",
            f"Use 'provided' when {us} is the source, 'obtained' when {us} is the asker.",
            "direction",
        )


def _unknown(pointer: str, what: str) -> FieldError:
    return FieldError(pointer, f"The register has no {what} with this code. Ask the operator to add it.", "unknown")


def _codes(report: Submission) -> Iterator[FieldError]:
    codes = _well_formed_codes
    if report.purpose not in codes and not _is_code(report.purpose):
        yield _not_a_code("/purpose")
    if report.legal_basis not in codes and not _is_code(report.legal_basis):
        yield _not_a_code("/legal_basis")
    if report.service.code not in codes and not _is_code(report.service.code):
        yield _not_a_code("/service/code")
    for pointer, categories in (
        ("/categories_requested", report.categories_requested),
        ("/categories_delivered", report.categories_delivered),
    ):
        for position, category in enumerate(categories):
            if category not in codes and not _is_code(category):
                yield _not_a_code(f"{pointer}/{position}")


def _is_code(code: str) -> bool:
    if not _CODE.fullmatch(code) or holds_insz(code):
        return False
    if len(_well_formed_codes) >= _CODES_KEPT:
        _well_formed_codes.clear()
    _well_formed_codes.add(code)
    return True


def _not_a_code(pointer: str) -> FieldError:
    return FieldError(pointer, "Use a code: capitals, digits and hyphens, 40 at the most.", "not-a-code")


def _texts(report: Submission) -> Iterator[FieldError]:
    chain = report.chain
    references = [("/message_reference", report.message_reference)]
    if chain is not None:
        references += [
            (f"/chain/{name}", value)
            for name in ("correlation_id", "request_id", "tracing_id")
            if (value := getattr(chain, name)) is not None
        ]
        if chain.traceparent is not None and not _TRACEPARENT.fullmatch(chain.traceparent):
            yield FieldError("/chain/traceparent", "This is not a W3C traceparent.", "not-a-traceparent")
    for pointer, reference in references:
        if not (reference.isascii() and reference.isprintable()) or " " in reference:
            yield FieldError(pointer, "Use printable ASCII without spaces.", "not-a-reference")
    labels = [
        ("/asker/application", report.asker.application),
        ("/asker/capacity", report.asker.capacity),
        ("/asker/user/group", report.asker.user.group if report.asker.user else None),
        ("/authorisation", report.authorisation),
        ("/service/version", report.service.version),
        *((f"/exceptions/{position}", code) for position, code in enumerate(report.exceptions)),
        *((f"/subjects/{position}/role", subject.role) for position, subject in enumerate(report.subjects)),
    ]
    for pointer, label in labels:
        if label is not None and not is_canonical_text(label):
            yield FieldError(pointer, "Use printable text in Unicode normal form C.", "not-text")
    texts = [*references, *((pointer, label) for pointer, label in labels if label is not None)]
    if holds_insz("\n".join(text for _, text in texts)):
        for pointer, text in texts:
            if holds_insz(text):
                yield FieldError(
                    pointer,
                    "This holds a national number. Use a reference that says nothing about a person.",
                    "holds-national-number",
                )


def _persons(report: Submission) -> Iterator[FieldError]:
    for position, subject in enumerate(report.subjects):
        if normal_identifier(subject.kind, subject.value) is None:
            yield _not_a_person(f"/subjects/{position}/value")
    user = report.asker.user
    if user is not None and normal_identifier(user.kind, user.value) is None:
        yield _not_a_person("/asker/user/value")
    if report.dossier is not None and normal_identifier("dossier", report.dossier) is None:
        yield _not_a_person("/dossier")


def _not_a_person(pointer: str) -> FieldError:
    return FieldError(
        pointer,
        "The check digits or the form of this identifier are wrong. "
        "Give the eleven digits of the INSZ or BIS number, or another kind.",
        "not-an-identifier",
    )
