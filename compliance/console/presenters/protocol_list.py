"""Published protocols in a list: what it is, with whom, what for, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.console.presenters import words
from compliance.console.presenters.authorisation_list import title_of
from compliance.console.presenters.badge import Badge
from compliance.reporting.protocols.standing import ProtocolStanding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.console.presenters.badge import Tone
    from compliance.console.presenters.names import Names
    from compliance.console.public import Reading
    from compliance.reporting.protocols.published import PublishedProtocol

TONES: dict[ProtocolStanding, Tone] = {
    ProtocolStanding.IN_USE: "good",
    ProtocolStanding.SUSPENDED: "bad",
    ProtocolStanding.COMING: "open",
    ProtocolStanding.ENDED: "calm",
}


@dataclass(frozen=True, slots=True)
class ProtocolRow:
    """One protocol."""

    title: str
    code: str
    address: str
    partner: str
    purposes: str
    standing: Badge
    published: str


def present_protocols(
    protocols: Iterable[PublishedProtocol], *, names: Names, reading: Reading
) -> tuple[ProtocolRow, ...]:
    """Put them into words."""
    return tuple(
        ProtocolRow(
            title=title_of(one.authorisation),
            code=one.code,
            address=reading.address("protocol", one.code),
            partner=names.organisation(one.edition.content.parties.recipient),
            purposes=words.enumeration([names.purpose(code) for code in one.edition.content.purposes.purposes]),
            standing=standing_badge(one.standing),
            published=words.day(words.local_day(one.edition.published_at)),
        )
        for one in protocols
    )


def standing_badge(standing: ProtocolStanding) -> Badge:
    """Say how a protocol stands."""
    return Badge(str(standing.label), TONES[standing])
