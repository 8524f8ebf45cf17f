"""What follows when a party does not keep to it, how disputes are settled, and from when until when it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.authorisations.requests.articles.part import part, standing_part
from compliance.authorisations.requests.vocabulary import Section
from compliance.authorisations.requests.wording import day_of, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.authorisations.requests.articles.part import TextPart
    from compliance.authorisations.requests.content import RequestContent


def sanctions(content: RequestContent) -> TextPart:
    """Return the sanctions."""
    standing = _(
        "The provider may suspend the communication at once when it finds that the recipient does not keep to this "
        "protocol. It tells the recipient why, and lifts the suspension when the reason for it is gone."
    )
    return part(Section.SANCTIONS, _("Sanctions"), paragraphs(content.sanctions.sanctions), (standing,))


def disputes() -> TextPart:
    """Return how disputes are settled."""
    return standing_part(
        Section.SANCTIONS,
        _("Applicable law and disputes"),
        _("Belgian law applies to this protocol."),
        _(
            "When the parties differ about it, their data protection officers first look for a solution together, and "
            "then those who head the parties. If that does not help, the courts of Brussels decide."
        ),
    )


def duration(content: RequestContent) -> TextPart:
    """Return when it begins and ends, and how it is amended."""
    standing = (
        _("The parties amend this protocol in writing, after new advice of both data protection officers."),
        _(
            "Each party may end this protocol in writing, with a term of notice of three months. It ends without "
            "notice when the legal ground of the communication falls away. What it says of retention, security and "
            "confidentiality goes on to apply to data that were received."
        ),
    )
    return part(Section.DURATION, _("Beginning, duration and end"), _duration(content), standing)


def _duration(content: RequestContent) -> Iterator[str]:
    said = content.duration
    if said.starts_on is not None:
        yield _("This protocol begins on %(day)s, and not before both parties have signed it and it is published.") % {
            "day": day_of(said.starts_on)
        }
    if said.ends_on is not None:
        yield _("It ends on %(day)s; on that day itself nothing is communicated any more.") % {
            "day": day_of(said.ends_on)
        }
    elif said.starts_on is not None:
        yield _("It is concluded for an indefinite time.")
