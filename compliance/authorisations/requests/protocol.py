"""The text of the protocol that a request writes, article by article.

It holds what the law of 30 July 2018 names in article 20, in the order in which Flemish authorities write theirs. What
counts is the text that was kept (:class:`~compliance.authorisations.requests.models.RequestText`): names in the
register may change afterwards, and that text does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _

from compliance.authorisations.requests.articles import numbered_parts, opening_parts
from compliance.authorisations.requests.articles.decision import annex, decision_part
from compliance.authorisations.requests.register_names import register_names
from compliance.authorisations.requests.wording import in_line

if TYPE_CHECKING:
    from compliance.authorisations.requests.content import RequestContent
    from compliance.authorisations.requests.register_names import RegisterNames
    from compliance.authorisations.requests.vocabulary import Section

OFFICIAL_LANGUAGE = "nl"


class Article(NamedTuple):
    """One article: the section that it comes from, if it is known, its heading (number included), its paragraphs."""

    section: Section | None
    heading: str
    paragraphs: tuple[str, ...]


class Protocol(NamedTuple):
    """The whole text, in the language that was active when it was written."""

    title: str
    reference: str
    articles: tuple[Article, ...]


def protocol_of(content: RequestContent, *, reference: str, conditions: str = "") -> Protocol:
    """Write the protocol in the active language, as far as the request has come. Seven queries at most."""
    names = register_names(content)
    opening = [Article(part.section, part.heading, part.paragraphs) for part in opening_parts(content, names)]
    parts = [*numbered_parts(content, names), *decision_part(conditions)]
    numbered = [
        Article(
            part.section,
            _("Article %(number)s. %(subject)s") % {"number": number, "subject": part.heading},
            part.paragraphs,
        )
        for number, part in enumerate(parts, 1)
    ]
    last = annex()
    articles = (*opening, *numbered, Article(last.section, last.heading, last.paragraphs))
    return Protocol(_title(content, names), reference, articles)


def official_text(content: RequestContent, *, reference: str, conditions: str = "") -> str:
    """Return the text that is signed: Dutch, plain."""
    with translation.override(OFFICIAL_LANGUAGE):
        return as_text(protocol_of(content, reference=reference, conditions=conditions))


def as_text(protocol: Protocol) -> str:
    """Return a protocol as plain text: a line for each heading and paragraph, an empty one before each article."""
    lines = [protocol.title, protocol.reference]
    for article in protocol.articles:
        lines += ["", article.heading, *article.paragraphs]
    return "\n".join(lines) + "\n"


def from_text(text: str) -> Protocol:
    """Return the protocol that a text is of: :func:`as_text` turned around, but for the sections."""
    opening, *blocks = [block.split("\n") for block in text.rstrip("\n").split("\n\n")]
    title, reference = (*opening, "")[:2]
    return Protocol(title, reference, tuple(Article(None, block[0], tuple(block[1:])) for block in blocks))


def _title(content: RequestContent, names: RegisterNames) -> str:
    parties = {
        "provider": names.organisation(content.parties.provider),
        "recipient": names.organisation(content.parties.recipient),
        "subject": in_line(content.parties.title),
    }
    if not parties["subject"]:
        return _("Protocol for the electronic communication of personal data from %(provider)s to %(recipient)s") % (
            parties
        )
    return (
        _("Protocol for the electronic communication of personal data from %(provider)s to %(recipient)s: %(subject)s")
        % parties
    )
