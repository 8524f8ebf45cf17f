"""What a producer reports about one exchange: the shape that API, import and replay share.

Codes name rows of the register. Nothing here is content: of the payload only sizes and a digest.
Closed vocabularies are checked while decoding; what needs the register is checked on recording.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec

_CODE_PATTERN = r"^[A-Z0-9][A-Z0-9-]{0,39}$"
_REFERENCE_PATTERN = r"^[\x21-\x7e]{1,120}$"

# The two patterns are checked in check.py, at a tenth of the decoder's cost, and stand here for the schema.
Code = Annotated[
    str,
    msgspec.Meta(
        max_length=40,
        description="A code of the register.",
        extra_json_schema={"pattern": _CODE_PATTERN},
    ),
]
Reference = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=120,
        description="A reference: printable ASCII without spaces, never a number of a person.",
        extra_json_schema={"pattern": _REFERENCE_PATTERN},
    ),
]
Label = Annotated[str, msgspec.Meta(min_length=1, max_length=80, description="Printable text.")]
Version = Annotated[str, msgspec.Meta(min_length=1, max_length=20, description="A version, e.g. 2.1.")]
Size = Annotated[int, msgspec.Meta(ge=0, lt=2**53)]
Moment = Annotated[datetime, msgspec.Meta(tz=True, description="RFC 3339 with a time zone.")]
Identifier = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]


class Reported(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of a report: unchangeable, and strict about the names of its fields."""


class Subject(Reported, kw_only=True, frozen=True):
    """A person about whom data was exchanged, and in which role (e.g. ``client``, ``family-member``)."""

    kind: Literal["insz", "dossier", "foreign", "local"]
    value: Identifier
    role: Label = "client"


class User(Reported, kw_only=True, frozen=True):
    """The person who asked, as the asker knows them; ``group`` is a role there, not a person."""

    kind: Literal["insz", "dossier", "foreign", "local"]
    value: Identifier
    group: Label | None = None


class Asker(Reported, kw_only=True, frozen=True):
    """Who asked: organisation, on whose behalf, with which application, which person, in which capacity."""

    organisation: Code
    on_behalf_of: Code | None = None
    application: Label | None = None
    capacity: Label | None = None
    user: User | None = None


class ServiceVersion(Reported, kw_only=True, frozen=True):
    """What was asked, by name and version."""

    code: Code
    version: Version


class Chain(Reported, kw_only=True, frozen=True):
    """The identifiers that MAGDA and W3C trace context give: one business context, one transaction, one call."""

    correlation_id: Reference | None = None
    request_id: Reference | None = None
    traceparent: Annotated[str, msgspec.Meta(min_length=55, max_length=55)] | None = None
    tracing_id: Reference | None = None


class PayloadDigest(Reported, kw_only=True, frozen=True):
    """A salted digest of the payload, which proves later which payload it was; the salt stays with the producer."""

    algorithm: Literal["sha-256", "sha-384", "sha-512"]
    value: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{43,88}$")]


class Submission(Reported, kw_only=True, frozen=True):
    """One exchange, or one attempt, as its producer reports it."""

    message_reference: Reference
    started_at: Moment
    asker: Asker
    source: Code
    service: ServiceVersion
    purpose: Code
    legal_basis: Code
    route: Code
    direction: Literal["provided", "obtained"]
    outcome: Literal["requested", "succeeded", "no-data", "failed", "unanswered", "refused"]
    producer: Code | None = None
    producer_sequence: Size | None = None
    ended_at: Moment | None = None
    subjects: Annotated[tuple[Subject, ...], msgspec.Meta(max_length=1_000)] = ()
    dossier: Identifier | None = None
    relation: (
        Annotated[
            Literal["self", "household", "address"],
            msgspec.Meta(
                description="What the user who asked is to the person asked about, where the source can tell by a "
                "keyed match: the same person, of the same household, or at the same address."
            ),
        ]
        | None
    ) = None
    categories_requested: Annotated[tuple[Code, ...], msgspec.Meta(max_length=200)] = ()
    categories_delivered: Annotated[tuple[Code, ...], msgspec.Meta(max_length=200)] = ()
    search_keys: tuple[
        Literal["insz", "dossier", "name", "name-birth-date", "address", "subscription", "list"], ...
    ] = ()
    request_bytes: Size | None = None
    response_bytes: Size | None = None
    record_count: Annotated[int, msgspec.Meta(ge=0, lt=2**31)] = 0
    trigger: Literal["automatic", "manual"] = "automatic"
    environment: Literal["production", "acceptance", "test"] = "production"
    authorisation: Label | None = None
    decision: Reference | None = None
    chain: Chain | None = None
    exceptions: Annotated[tuple[Label, ...], msgspec.Meta(max_length=50)] = ()
    service_outcome: Literal["enrolled", "deregistered", "not-enrolled"] | None = None
    confidentiality: Literal["normal", "confidential", "investigation"] = "normal"
    retention: Literal["ten-years", "thirty-years"] = "ten-years"
    payload_digest: PayloadDigest | None = None
    corrects: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")] | None = None
