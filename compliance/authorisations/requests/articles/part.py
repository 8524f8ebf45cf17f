"""One part of the text, with its placeholder while a request has nothing to say in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance.authorisations.requests.wording import TO_COMPLETE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.authorisations.requests.vocabulary import Section


class TextPart(NamedTuple):
    """A heading without its number, and paragraphs: never none."""

    section: Section
    heading: str
    paragraphs: tuple[str, ...]


def part(section: Section, heading: str, own: Iterable[str], standing: Iterable[str] = ()) -> TextPart:
    """Return a part: what the request itself says, or that it is to be completed, and what every protocol says."""
    said = tuple(own) or (str(TO_COMPLETE),)
    return TextPart(section, heading, (*said, *standing))


def standing_part(section: Section, heading: str, *paragraphs: str) -> TextPart:
    """Return a part that every protocol has in the same words."""
    return TextPart(section, heading, paragraphs)
