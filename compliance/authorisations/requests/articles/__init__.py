"""The parts of a protocol: what opens it, and its articles in the order in which they are numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.authorisations.requests.articles import closing, delivery, grounds, opening, safeguards, scope

if TYPE_CHECKING:
    from compliance.authorisations.requests.articles.part import TextPart
    from compliance.authorisations.requests.content import RequestContent
    from compliance.authorisations.requests.register_names import RegisterNames


def opening_parts(content: RequestContent, names: RegisterNames) -> tuple[TextPart, ...]:
    """Return what stands before the first article: the parties, and what they consider."""
    return opening.parties(content, names), opening.considerations()


def numbered_parts(content: RequestContent, names: RegisterNames) -> tuple[TextPart, ...]:
    """Return the articles."""
    return (
        scope.subject(content, names),
        scope.purposes(content, names),
        grounds.grounds(content, names),
        scope.categories(content, names),
        delivery.retention(content),
        delivery.recipients(content, names),
        delivery.means(content, names),
        safeguards.security(content),
        safeguards.quality(),
        safeguards.rights(content),
        safeguards.transparency(),
        closing.sanctions(content),
        closing.disputes(),
        closing.duration(content),
    )
