"""From a checked report to the rows that are written: verdict, commitments, openings, bytes."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from msgspec import structs

from compliance.authorisations.judge import Judge
from compliance.exchanges import leaf as entry
from compliance.exchanges.commitments import commit
from compliance.exchanges.quoted_decision import hold_against
from compliance.exchanges.shape import shape_of, user_group_of
from compliance.kernel.clock import canonical_time, microseconds
from compliance.kernel.disclosures import ALGORITHM, salts
from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.kernel.pseudonyms import fingerprint
from compliance.kernel.record_id import record_id, text_of
from compliance.ledger.keyring import keyring
from compliance.ledger.tiles import LONGEST_LEAF

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from compliance.authorisations.judgement import Judgement
    from compliance.authorisations.snapshot import Snapshot
    from compliance.authorisations.usage import Usage
    from compliance.exchanges.commitments import OpeningDraft
    from compliance.exchanges.submission import Submission
    from compliance.kernel.actor import Actor


class Keyed(NamedTuple):
    """A report with its identifier (16 bytes), start (microseconds), producer and fingerprint."""

    id: bytes
    at: int
    producer: str
    fingerprint: bytes
    report: Submission


class Prepared(NamedTuple):
    """Everything that is written about one report."""

    keyed: Keyed
    judgement: Judgement
    leaf: bytes
    openings: list[OpeningDraft]
    repeated: tuple[str, ...]


def key(report: Submission, *, producer: str) -> Keyed:
    """Identify a report. ``producer`` is who reports when the report does not say.

    A moment is the same in whatever time zone it was written, so that a retry may write it otherwise.
    """
    if report.started_at.tzinfo is not UTC or (report.ended_at is not None and report.ended_at.tzinfo is not UTC):
        ended_at = None if report.ended_at is None else report.ended_at.astimezone(UTC)
        report = structs.replace(report, started_at=report.started_at.astimezone(UTC), ended_at=ended_at)
    at = microseconds(report.started_at)
    producer = report.producer or producer
    secret = keyring().lookup
    identifier = record_id(key=secret, at=at, producer=producer, reference=report.message_reference)
    return Keyed(identifier, at, producer, fingerprint(key=secret, octets=entry.encode(report)), report)


def check_lengths(prepared: Sequence[Prepared], reports: Mapping[int, Keyed]) -> None:
    """Refuse what would not fit where the ledger's entries are published (C2SP tlog-tiles: 65,535 bytes each).

    ``reports`` names them by their position in what was sent. Raises :class:`InvalidInputError`.
    """
    long = {record.keyed.id for record in prepared if len(record.leaf) > LONGEST_LEAF}
    if long:
        detail = f"The record would be longer than {LONGEST_LEAF} bytes. Split the exchange, with fewer subjects each."
        raise InvalidInputError(
            errors=tuple(
                FieldError(f"/{position}/subjects", detail, "record-too-long")
                for position, keyed in reports.items()
                if keyed.id in long
            )
        )


class Preparer:
    """Prepares reports against one snapshot of the register, remembering what neighbours have in common."""

    def __init__(self, *, snapshot: Snapshot, usage: Usage, received_at: datetime, actor: Actor) -> None:
        """Take what holds for the whole batch."""
        self._snapshot = snapshot
        self._judge = Judge(coverage=snapshot.coverage, terms=snapshot.terms, usage=usage)
        self._received_at = canonical_time(microseconds(received_at))
        self._origin = settings.LOG_ORIGIN
        self._reported_by = f"{actor.kind}:{actor.name}"
        self._askers: dict[tuple[str | None, ...], entry.LeafAsker] = {}
        self._verdicts: dict[Judgement, entry.LeafVerdict] = {}

    def prepare(self, reports: Sequence[Keyed]) -> list[Prepared]:
        """Prepare checked reports, in their order."""
        drawn = salts(sum(2 + len(keyed.report.subjects) for keyed in reports))
        judge = self._judge.judge
        prepared = []
        for keyed in reports:
            report = keyed.report
            asker = report.asker
            recipient = asker.on_behalf_of or asker.organisation
            user = asker.user
            judgement = judge(
                shape_of(report),
                at=keyed.at,
                user_group=user_group_of(group=None if user is None else user.group, trigger=report.trigger),
            )
            commitments = commit(report, drawn)
            leaf = entry.encode(
                entry.Leaf(
                    sd=commitments.sd,
                    sd_alg=ALGORITHM,
                    asker=self._asker(report),
                    categories_delivered=report.categories_delivered,
                    categories_requested=report.categories_requested,
                    chain=report.chain,
                    claimed_authorisation=report.authorisation,
                    confidentiality=report.confidentiality,
                    corrects=report.corrects,
                    decision=self._decision(keyed, judgement),
                    direction=report.direction,
                    ended_at=None if report.ended_at is None else canonical_time(microseconds(report.ended_at)),
                    environment=report.environment,
                    exceptions=report.exceptions,
                    id=text_of(keyed.id),
                    legal_basis=report.legal_basis,
                    message_reference=report.message_reference,
                    origin=self._origin,
                    outcome=report.outcome,
                    payload_digest=report.payload_digest,
                    producer=keyed.producer,
                    producer_sequence=report.producer_sequence,
                    purpose=report.purpose,
                    received_at=self._received_at,
                    record_count=report.record_count,
                    relation=report.relation,
                    reported_by=self._reported_by,
                    request_bytes=report.request_bytes,
                    response_bytes=report.response_bytes,
                    retention=report.retention,
                    route=report.route,
                    schema=entry.SCHEMA,
                    search_keys=report.search_keys,
                    service=report.service,
                    service_outcome=report.service_outcome,
                    source=report.source,
                    started_at=canonical_time(keyed.at),
                    subjects=tuple(map(entry.LeafSubject, commitments.subjects)),
                    trigger=report.trigger,
                    verdict=self._verdict(judgement),
                )
            )
            repeated = _columns(keyed, recipient, judgement)
            prepared.append(Prepared(keyed, judgement, leaf, commitments.openings, repeated))
        return prepared

    def _decision(self, keyed: Keyed, judgement: Judgement) -> entry.LeafDecision | None:
        quoted = keyed.report.decision
        if quoted is None:
            return None
        found = hold_against(quoted, report=keyed.report, at=keyed.at, judgement=judgement, snapshot=self._snapshot)
        return entry.LeafDecision(differs=found.differs, finding=found.finding, id=quoted)

    def _asker(self, report: Submission) -> entry.LeafAsker:
        asker = report.asker
        group = None if asker.user is None else asker.user.group
        facts = (asker.application, asker.capacity, asker.on_behalf_of, asker.organisation, group)
        found = self._askers.get(facts)
        if found is None:
            found = self._askers[facts] = entry.LeafAsker(
                application=asker.application,
                capacity=asker.capacity,
                on_behalf_of=asker.on_behalf_of,
                organisation=asker.organisation,
                user_group=group,
            )
        return found

    def _verdict(self, judgement: Judgement) -> entry.LeafVerdict:
        found = self._verdicts.get(judgement)
        if found is None:
            found = self._verdicts[judgement] = entry.LeafVerdict(
                authorisation=judgement.authorisation or None,
                code=judgement.verdict,
                reasons=tuple(
                    entry.LeafReason(code=reason.verdict, detail=reason.detail) for reason in judgement.reasons
                ),
                register_revision=self._snapshot.revision,
            )
        return found


def _columns(keyed: Keyed, recipient: str, judgement: Judgement) -> tuple[str, ...]:
    """Return the text columns that neighbours share, in the order of the table's columns."""
    report = keyed.report
    return (
        keyed.producer,
        recipient if report.direction == "provided" else report.source,
        report.asker.organisation,
        report.asker.on_behalf_of or "",
        report.source,
        report.service.code,
        report.service.version,
        report.purpose,
        report.legal_basis,
        report.route,
        report.direction,
        report.trigger,
        report.environment,
        report.outcome,
        report.service_outcome or "",
        judgement.verdict,
        judgement.authorisation,
        report.confidentiality,
    )
