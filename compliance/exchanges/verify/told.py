"""What of a leaf its columns repeat. Decoded for every leaf, hence no more than that."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - msgspec reads the annotations

import msgspec


class Asker(msgspec.Struct, gc=False):
    """Who asked, without the person."""

    organisation: str
    on_behalf_of: str = ""


class Service(msgspec.Struct, gc=False):
    """Which service."""

    code: str
    version: str


class Verdict(msgspec.Struct, gc=False):
    """The verdict, and the version judged against."""

    code: str
    authorisation: str = ""


class Told(msgspec.Struct, gc=False):
    """An exchange."""

    asker: Asker
    confidentiality: str
    direction: str
    environment: str
    id: str
    legal_basis: str
    message_reference: str
    origin: str
    outcome: str
    producer: str
    purpose: str
    received_at: datetime
    record_count: int
    route: str
    schema: str
    service: Service
    source: str
    started_at: datetime
    subjects: list[msgspec.Raw]
    trigger: str
    verdict: Verdict
    corrects: str | None = None
    producer_sequence: int | None = None
    service_outcome: str = ""

    def texts(self) -> tuple[str, ...]:
        """Return the text columns that neighbours share, in the order of the table's columns."""
        asker, verdict = self.asker, self.verdict
        recipient = asker.on_behalf_of or asker.organisation
        return (
            self.producer,
            recipient if self.direction == "provided" else self.source,
            asker.organisation,
            asker.on_behalf_of,
            self.source,
            self.service.code,
            self.service.version,
            self.purpose,
            self.legal_basis,
            self.route,
            self.direction,
            self.trigger,
            self.environment,
            self.outcome,
            self.service_outcome,
            verdict.code,
            verdict.authorisation,
            self.confidentiality,
        )


class Event(msgspec.Struct, gc=False):
    """What every leaf says of itself, and most say when."""

    schema: str = ""
    origin: str = ""
    id: str = ""
    at: datetime | None = None
    received_at: datetime | None = None


decode_exchange = msgspec.json.Decoder(Told).decode
decode_event = msgspec.json.Decoder(Event).decode
