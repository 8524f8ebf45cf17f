"""The bytes of an exchange's entry: canonical JSON that never changes and holds no value about a person.

Members stand in the order of their names, so that the plain encoder writes canonical JSON (a test
compares it with an independent RFC 8785 encoder). ``_sd`` holds the commitments to the user and to
the dossier reference, sorted, present or absent alike; ``subjects`` one commitment a person.
"""

from __future__ import annotations

import msgspec

from compliance.exchanges.submission import (  # noqa: TC001 - the encoder reads these annotations
    Chain,
    PayloadDigest,
    ServiceVersion,
)

SCHEMA = "kbi-audit/exchange/1"


class LeafPart(msgspec.Struct, frozen=True, omit_defaults=True):
    """A part of a leaf: absent members are left out."""


class LeafAsker(LeafPart, kw_only=True, frozen=True):
    """Who asked, without the person."""

    application: str | None = None
    capacity: str | None = None
    on_behalf_of: str | None = None
    organisation: str
    user_group: str | None = None


class LeafReason(LeafPart, kw_only=True, frozen=True):
    """One reason of the verdict."""

    code: str
    detail: tuple[str, ...] = ()


class LeafVerdict(LeafPart, kw_only=True, frozen=True):
    """The verdict, the version judged against, all reasons, and the register's revision it was given at."""

    authorisation: str | None = None
    code: str
    reasons: tuple[LeafReason, ...] = ()
    register_revision: int


class LeafDecision(LeafPart, kw_only=True, frozen=True):
    """The decision that was quoted, and what was found when the exchange was held against it."""

    differs: tuple[str, ...] = ()
    finding: str
    id: str


LeafSubject = msgspec.defstruct(
    "LeafSubject", [("digest", str, msgspec.field(name="..."))], frozen=True, module=__name__
)


class Leaf(LeafPart, kw_only=True, frozen=True):
    """One exchange as the ledger keeps it. Times are UTC with six decimals."""

    sd: tuple[str, ...] = msgspec.field(name="_sd")
    sd_alg: str = msgspec.field(name="_sd_alg")
    asker: LeafAsker
    categories_delivered: tuple[str, ...] = ()
    categories_requested: tuple[str, ...] = ()
    chain: Chain | None = None
    claimed_authorisation: str | None = None
    confidentiality: str
    corrects: str | None = None
    decision: LeafDecision | None = None
    direction: str
    ended_at: str | None = None
    environment: str
    exceptions: tuple[str, ...] = ()
    id: str
    legal_basis: str
    message_reference: str
    origin: str
    outcome: str
    payload_digest: PayloadDigest | None = None
    producer: str
    producer_sequence: int | None = None
    purpose: str
    received_at: str
    record_count: int
    relation: str | None = None
    reported_by: str
    request_bytes: int | None = None
    response_bytes: int | None = None
    retention: str
    route: str
    schema: str
    search_keys: tuple[str, ...] = ()
    service: ServiceVersion
    service_outcome: str | None = None
    source: str
    started_at: str
    subjects: tuple[LeafSubject, ...]  # type: ignore[valid-type]
    trigger: str
    verdict: LeafVerdict


encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(Leaf).decode
