"""What happens on a day: acts, each the asking of a request. Other simulations add acts of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from compliance.exchanges.submission import Asker, ServiceVersion, Subject

Trigger = Literal["automatic", "manual"]
Direction = Literal["provided", "obtained"]
Outcome = Literal["succeeded", "no-data", "failed", "unanswered", "refused"]
SearchKey = Literal["insz", "name-birth-date", "subscription", "list"]
ServiceOutcome = Literal["enrolled", "deregistered", "not-enrolled"]
Relation = Literal["self", "household", "address"]


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that many exchanges have in common: what is asked, why, and how it ends.

    ``milliseconds`` and ``response_bytes`` are typical values; telling an act varies them. ``relation`` is that of the
    user to the person, where the source matched it.
    """

    service: ServiceVersion
    source: str
    purpose: str
    legal_basis: str
    route: str
    direction: Direction
    trigger: Trigger
    outcome: Outcome
    requested: tuple[str, ...]
    delivered: tuple[str, ...]
    search_keys: tuple[SearchKey, ...]
    exceptions: tuple[str, ...] = ()
    service_outcome: ServiceOutcome | None = None
    authorisation: str | None = None
    records: int = 0
    milliseconds: int | None = 400
    response_bytes: int | None = 2_000
    reference: str = "KBI"
    household: bool = False
    traced: bool = False
    digested: bool = False
    relation: Relation | None = None


class Act(msgspec.Struct, gc=False):
    """Somebody, or a machine, asks a request at a moment (milliseconds since 1970) about persons.

    ``context`` is what the calls of one piece of work share: a visit to a file, a nightly run. What goes wrong in
    telling: ``reference`` is one that was told before, ``skew`` is how far (milliseconds) the clock that timed it was
    off, and what is ``lost`` is numbered and never told.
    """

    at: int
    request: Request
    asker: Asker
    subjects: tuple[Subject, ...]
    dossier: str | None
    context: str
    reference: str | None = None
    skew: int = 0
    lost: bool = False
