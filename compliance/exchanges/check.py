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
    from compliance.exchanges.recorded import Reporter
    from compliance.exchanges.submission import Submission

FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD = timedelta(minutes=5)
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,39}")
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
_MOST_NAMED = 10
_USUAL_ROLE = "client"
# What was found good, so that what neighbours repeat is looked at once.
_well_formed_codes: set[str] = set()
_good_labels: set[str] = set()
_TEXTS_KEPT = 50_000


def problems(report: Submission, *, snapshot: Snapshot, reporter: Reporter, now: datetime) -> Iterator[FieldError]:
    """Yield everything that is wrong with a report, with the field and the remedy; never a person's number."""
    yield from _time(report, now)
    yield from _parties(report, snapshot, reporter)
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


def _parties(report: Submission, snapshot: Snapshot, reporter: Reporter) -> Iterator[FieldError]:
    asker = report.asker
    if (report.producer or reporter.organisation) not in reporter.producers:
        detail = f"This client may report for {', '.join(sorted(reporter.producers)[:_MOST_NAMED])}. Name one of these."
        yield FieldError("/producer", detail, "not-your-producer")
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
    _remember(_well_formed_codes, [code])
    return True


def _not_a_code(pointer: str) -> FieldError:
    return FieldError(pointer, "Use a code: capitals, digits and hyphens, 40 at the most.", "not-a-code")


def _texts(report: Submission) -> Iterator[FieldError]:
    references, labels = _references(report), _labels(report)
    together = "|".join(references.values())
    if not (together.isascii() and together.isprintable()) or " " in together:
        for pointer, reference in references.items():
            if not (reference.isascii() and reference.isprintable()) or " " in reference:
                yield FieldError(pointer, "Use printable ASCII without spaces.", "not-a-reference")
    told = together
    if not _good_labels.issuperset(labels.values()):
        for pointer, label in labels.items():
            if not is_canonical_text(label):
                yield FieldError(pointer, "Use printable text in Unicode normal form C.", "not-text")
        told = "|".join([together, *labels.values()])
    if holds_insz(told):
        yield from _telling(references | labels)
    elif told is not together:
        _remember(_good_labels, [label for label in labels.values() if is_canonical_text(label)])
    chain = report.chain
    if chain is not None and chain.traceparent is not None and not _TRACEPARENT.fullmatch(chain.traceparent):
        yield FieldError("/chain/traceparent", "This is not a W3C traceparent.", "not-a-traceparent")


def _references(report: Submission) -> dict[str, str]:
    references = {"/message_reference": report.message_reference}
    if report.decision is not None:
        references["/decision"] = report.decision
    chain = report.chain
    if chain is not None:
        if chain.correlation_id is not None:
            references["/chain/correlation_id"] = chain.correlation_id
        if chain.request_id is not None:
            references["/chain/request_id"] = chain.request_id
        if chain.tracing_id is not None:
            references["/chain/tracing_id"] = chain.tracing_id
    return references


def _labels(report: Submission) -> dict[str, str]:
    asker = report.asker
    labels = {"/service/version": report.service.version}
    if asker.application is not None:
        labels["/asker/application"] = asker.application
    if asker.capacity is not None:
        labels["/asker/capacity"] = asker.capacity
    if asker.user is not None and asker.user.group is not None:
        labels["/asker/user/group"] = asker.user.group
    if report.authorisation is not None:
        labels["/authorisation"] = report.authorisation
    for position, code in enumerate(report.exceptions):
        labels[f"/exceptions/{position}"] = code
    for position, subject in enumerate(report.subjects):
        if subject.role != _USUAL_ROLE:
            labels[f"/subjects/{position}/role"] = subject.role
    return labels


def _telling(texts: dict[str, str]) -> Iterator[FieldError]:
    for pointer, text in texts.items():
        if holds_insz(text):
            yield FieldError(
                pointer,
                "This holds a national number. Use a reference that says nothing about a person.",
                "holds-national-number",
            )


def _remember(known: set[str], texts: list[str]) -> None:
    if len(known) >= _TEXTS_KEPT:
        known.clear()
    known.update(texts)


def _persons(report: Submission) -> Iterator[FieldError]:
    for position, subject in enumerate(report.subjects):
        if normal_identifier(subject.kind, subject.value) is None:
            yield _not_a_person(f"/subjects/{position}/value")
    user = report.asker.user
    if user is not None and normal_identifier(user.kind, user.value) is None:
        yield _not_a_person("/asker/user/value")
    if report.relation is not None and (user is None or not report.subjects):
        detail = "Tell a relation only together with the user and the person between whom it is."
        yield FieldError("/relation", detail, "relation-of-nobody")
    if report.dossier is not None and normal_identifier("dossier", report.dossier) is None:
        yield _not_a_person("/dossier")


def _not_a_person(pointer: str) -> FieldError:
    return FieldError(
        pointer,
        "The check digits or the form of this identifier are wrong. "
        "Give the eleven digits of the INSZ or BIS number, or another kind.",
        "not-an-identifier",
    )
