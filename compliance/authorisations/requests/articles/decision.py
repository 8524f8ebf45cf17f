"""What the decision adds to the text, and what is annexed to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.authorisations.requests.articles.part import TextPart, standing_part
from compliance.authorisations.requests.vocabulary import Section
from compliance.authorisations.requests.wording import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator


def decision_part(conditions: str) -> Iterator[TextPart]:
    """Yield the article with the conditions under which it was granted, when there are any."""
    if said := tuple(paragraphs(conditions)):
        opening = _("This protocol was granted under the following conditions, which go before the other articles:")
        yield TextPart(Section.SANCTIONS, _("Conditions of the decision"), (opening, *said))


def annex() -> TextPart:
    """Return what is annexed (law of 30 July 2018 art. 20, § 2: the advices of both officers)."""
    return standing_part(
        Section.PARTIES,
        _("Annex"),
        _(
            "The advices of the data protection officers of the provider and of the recipient are annexed to this "
            "protocol, and so is the advice of a committee that was asked for one."
        ),
    )
