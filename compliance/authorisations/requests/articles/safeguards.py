"""How the data are protected, how persons are told and use their rights, and what is made public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.authorisations.requests.articles.part import part, standing_part
from compliance.authorisations.requests.vocabulary import Measure, Section
from compliance.authorisations.requests.wording import listed, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.authorisations.requests.articles.part import TextPart
    from compliance.authorisations.requests.content import RequestContent


def security(content: RequestContent) -> TextPart:
    """Return the measures (GDPR art. 32) and the duty to report (art. 33)."""
    standing = _(
        "A party that finds a breach of these data tells the other one without delay, so that each can notify the "
        "supervisory authority within 72 hours where it must (GDPR art. 33)."
    )
    return part(Section.SECURITY, _("Security"), _security(content), (standing,))


def quality() -> TextPart:
    """Return what happens when data turn out to be wrong (GDPR art. 5(1)(d) and 19)."""
    return standing_part(
        Section.SECURITY,
        _("Quality of the data"),
        _(
            "A recipient that finds that data are wrong, incomplete or out of date tells the provider. The provider "
            "examines that, corrects the data where needed, and tells the recipient."
        ),
    )


def rights(content: RequestContent) -> TextPart:
    """Return how persons are told, how they use their rights, and which of these a law restricts."""
    return part(Section.RIGHTS, _("Rights of the persons concerned"), _rights(content))


def transparency() -> TextPart:
    """Return what is made public, and what is kept of each exchange."""
    return standing_part(
        Section.RIGHTS,
        _("Transparency"),
        _(
            "The parties publish this protocol on their websites as soon as it is concluded (decree of 18 July 2008, "
            "art. 8, § 1). It also stands in the public register of protocols of the provider."
        ),
        _(
            "Of every exchange the provider records who asked, when, for which purpose and on which legal ground. The "
            "content of the data is not kept there. Whoever wants to know who consulted their data can ask the data "
            "protection officer of the provider (GDPR art. 15)."
        ),
    )


def _security(content: RequestContent) -> Iterator[str]:
    said = content.security
    if said.measures:
        yield _("The recipient takes at least the following measures (GDPR art. 32):")
        yield from listed(_measure(measure) for measure in said.measures)
    yield from paragraphs(said.explanation)


def _measure(measure: Measure) -> str:
    words = str(measure.label)
    return words[:1].upper() + words[1:]


def _rights(content: RequestContent) -> Iterator[str]:
    said = content.rights
    if information := tuple(paragraphs(said.information)):
        yield _("The persons concerned are told about this communication as follows (GDPR art. 12 to 14):")
        yield from information
    if exercise := tuple(paragraphs(said.exercise)):
        yield _("They use their rights at the recipient as follows (GDPR art. 15 to 22):")
        yield from exercise
    if restrictions := tuple(paragraphs(said.restrictions)):
        yield _("The following rights are restricted by law (GDPR art. 23):")
        yield from restrictions
    elif information or exercise:
        yield _("The parties rely on no law that restricts these rights.")
