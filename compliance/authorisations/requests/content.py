"""What a request says, by section: all that a protocol has to hold.

E-government decree of 18 July 2008, art. 8; law of 30 July 2018, art. 20.

Everything may be empty while it is a draft; :mod:`compliance.authorisations.requests.completeness` says what lacks.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - msgspec reads the annotations
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import msgspec

from compliance.authorisations.requests.vocabulary import Measure, Rhythm, Section
from compliance.authorisations.terms import Ceiling, Hours  # noqa: TC001 - msgspec reads the annotations
from compliance.kernel.canonical import encode

if TYPE_CHECKING:
    from collections.abc import Mapping

Line = Annotated[str, msgspec.Meta(max_length=300)]
Text = Annotated[str, msgspec.Meta(max_length=5_000)]
Code = Annotated[str, msgspec.Meta(max_length=61)]
Codes = Annotated[tuple[Code, ...], msgspec.Meta(max_length=200)]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A section of a request: unchangeable, and strict about the names of its fields."""


class Contact(Part, frozen=True):
    """Somebody to turn to, by office."""

    name: Line = ""
    email: Line = ""


class Parties(Part, frozen=True):
    """Who gives, who gets, who processes for them, and their data protection officers."""

    title: Line = ""
    recipient: Code = ""
    provider: Code = ""
    processors: Codes = ()
    recipient_dpo: Contact = Contact()
    provider_dpo: Contact = Contact()
    contact: Contact = Contact()


class Purposes(Part, frozen=True):
    """What the data is asked for, and what it was first collected for (GDPR art. 5(1)(b))."""

    purposes: Codes = ()
    explanation: Text = ""
    first_collection: Text = ""
    compatibility: Text = ""


class Wanted(Part, frozen=True):
    """A data category, and why nothing less would do."""

    category: Code
    why: Text = ""


class RequestedData(Part, frozen=True):
    """Which services (``CODE`` or ``CODE/version``) and which categories."""

    services: Codes = ()
    categories: Annotated[tuple[Wanted, ...], msgspec.Meta(max_length=200)] = ()


class Bases(Part, frozen=True):
    """The legal basis of both sides, and the task that it rests on."""

    recipient_bases: Codes = ()
    provider_bases: Codes = ()
    task: Text = ""


class Recipients(Part, frozen=True):
    """Who will see the data at the recipient, and who further on."""

    user_groups: Annotated[tuple[Line, ...], msgspec.Meta(max_length=50)] = ()
    who: Text = ""
    further: Text = ""


class Delivery(Part, frozen=True):
    """By which routes, how often, how much, and at which hours."""

    routes: Codes = ()
    rhythm: Rhythm | None = None
    why_this_often: Text = ""
    expected_per_month: Annotated[int, msgspec.Meta(ge=0, lt=2**53)] | None = None
    ceiling: Ceiling | None = None
    hours: Hours | None = None


class Duration(Part, frozen=True):
    """From when until when (excluded), how long the data is kept, and why so long."""

    starts_on: date | None = None
    ends_on: date | None = None
    retention_months: Annotated[int, msgspec.Meta(ge=1, le=1_200)] | None = None
    why_so_long: Text = ""


class Security(Part, frozen=True):
    """What the recipient does to protect the data."""

    measures: tuple[Measure, ...] = ()
    explanation: Text = ""


class Rights(Part, frozen=True):
    """How persons are told, how they use their rights, and which rights a law restricts."""

    information: Text = ""
    exercise: Text = ""
    restrictions: Text = ""


class Sanctions(Part, frozen=True):
    """What follows when a party does not keep to the protocol."""

    sanctions: Text = ""


class RequestContent(Part, frozen=True):
    """All sections."""

    parties: Parties = Parties()
    purposes: Purposes = Purposes()
    data: RequestedData = RequestedData()
    legal_basis: Bases = Bases()
    recipients: Recipients = Recipients()
    rhythm: Delivery = Delivery()
    duration: Duration = Duration()
    security: Security = Security()
    rights: Rights = Rights()
    sanctions: Sanctions = Sanctions()

    @property
    def categories(self) -> tuple[str, ...]:
        """The codes of the categories asked for."""
        return tuple(wanted.category for wanted in self.data.categories)


PARTS: Mapping[Section, type[Part]] = {
    Section.PARTIES: Parties,
    Section.PURPOSES: Purposes,
    Section.DATA: RequestedData,
    Section.LEGAL_BASIS: Bases,
    Section.RECIPIENTS: Recipients,
    Section.RHYTHM: Delivery,
    Section.DURATION: Duration,
    Section.SECURITY: Security,
    Section.RIGHTS: Rights,
    Section.SANCTIONS: Sanctions,
}
P = TypeVar("P", bound=Part)


def field_of(section: Section) -> str:
    """Return the name of a section's field."""
    return section.value.replace("-", "_")


def part_of(content: RequestContent, section: Section) -> Part:
    """Return one section."""
    part: Part = getattr(content, field_of(section))
    return part


def with_part(content: RequestContent, section: Section, part: Part) -> RequestContent:
    """Return the content with one section replaced."""
    return msgspec.structs.replace(content, **{field_of(section): part})


def as_json(content: Part) -> dict[str, Any]:
    """Return a part, or all of it, as the JSON that is kept."""
    kept: dict[str, Any] = msgspec.to_builtins(content)
    return kept


def read(kept: Mapping[str, Any]) -> RequestContent:
    """Return the content that was kept as JSON."""
    return msgspec.convert(kept, RequestContent)


def content_digest(content: Part) -> str:
    """Return the SHA-256, in hexadecimal, of what a section, or all of a request, says."""
    return sha256(encode(as_json(content))).hexdigest()


def material_digest(content: RequestContent) -> str:
    """Return the SHA-256 of what advice is about: everything but the title and whom to turn to."""
    named = msgspec.structs.replace(
        content.parties, title="", recipient_dpo=Contact(), provider_dpo=Contact(), contact=Contact()
    )
    return content_digest(msgspec.structs.replace(content, parties=named))
