"""The text of the protocol that a request writes, article by article (law of 30 July 2018 art. 20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _

from compliance.authorisations.requests.content import part_of
from compliance.authorisations.requests.vocabulary import Section

if TYPE_CHECKING:
    from compliance.authorisations.requests.content import RequestContent

OFFICIAL_LANGUAGE = "nl"


class Article(NamedTuple):
    """One article: the section that it comes from, its heading and its paragraphs."""

    section: Section
    heading: str
    paragraphs: tuple[str, ...]


class Protocol(NamedTuple):
    """The whole text, in the language that was active when it was written."""

    title: str
    reference: str
    articles: tuple[Article, ...]


def protocol_of(content: RequestContent, *, reference: str, conditions: str = "") -> Protocol:
    """Write the protocol in the active language, as far as the request has come."""
    articles = [
        Article(section, str(section.label), tuple(str(value) for value in _values(content, section)))
        for section in Section
    ]
    if conditions:
        articles[-1] = articles[-1]._replace(paragraphs=(*articles[-1].paragraphs, conditions))
    return Protocol(content.parties.title or _("Protocol"), reference, tuple(articles))


def official_text(content: RequestContent, *, reference: str, conditions: str = "") -> str:
    """Return the text that is signed: Dutch, plain."""
    with translation.override(OFFICIAL_LANGUAGE):
        return as_text(protocol_of(content, reference=reference, conditions=conditions))


def as_text(protocol: Protocol) -> str:
    """Return a protocol as plain text."""
    lines = [protocol.title, protocol.reference]
    for number, article in enumerate(protocol.articles, 1):
        lines += ["", f"{number}. {article.heading}", *article.paragraphs]
    return "\n".join(lines) + "\n"


def _values(content: RequestContent, section: Section) -> list[object]:
    part = part_of(content, section)
    return [value for name in part.__struct_fields__ if (value := getattr(part, name))]
