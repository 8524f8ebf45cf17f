"""What it is about, what for, and which data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.authorisations.requests.articles.part import part
from compliance.authorisations.requests.vocabulary import Section
from compliance.authorisations.requests.wording import TO_COMPLETE, in_line, listed, paragraphs, stopped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.authorisations.requests.articles.part import TextPart
    from compliance.authorisations.requests.content import RequestContent, Wanted
    from compliance.authorisations.requests.register_names import RegisterNames


def subject(content: RequestContent, names: RegisterNames) -> TextPart:
    """Return what the protocol is about."""
    standing = _(
        "This protocol lays down under which conditions the provider communicates personal data to the recipient by "
        "electronic means. It applies to every communication of these data, by request or by message."
    )
    return part(Section.PARTIES, _("Subject"), _subject(content, names), (standing,))


def purposes(content: RequestContent, names: RegisterNames) -> TextPart:
    """Return the purposes of the first collection and of the further processing (GDPR art. 5(1)(b) and 6(4))."""
    standing = _(
        "The recipient processes the data for no other purpose. For another purpose the parties conclude another "
        "protocol, or amend this one."
    )
    return part(Section.PURPOSES, _("Purposes"), _purposes(content, names), (standing,))


def categories(content: RequestContent, names: RegisterNames) -> TextPart:
    """Return which data, why each of it, and in which form (GDPR art. 5(1)(c))."""
    standing = _(
        "The provider communicates no other data. The data are adequate, relevant and limited to what is necessary for "
        "the purposes (GDPR art. 5(1)(c)); they are delivered as structured electronic messages of these services."
    )
    return part(Section.DATA, _("Data and proportionality"), _categories(content, names), (standing,))


def _subject(content: RequestContent, names: RegisterNames) -> Iterator[str]:
    if title := in_line(content.parties.title):
        parties = content.parties
        yield _("Personal data are communicated by %(provider)s to %(recipient)s for: %(subject)s") % {
            "provider": names.organisation(parties.provider),
            "recipient": names.organisation(parties.recipient),
            "subject": stopped(title),
        }


def _purposes(content: RequestContent, names: RegisterNames) -> Iterator[str]:
    said = content.purposes
    if first := tuple(paragraphs(said.first_collection)):
        yield _("The provider first collected the data for the following purpose:")
        yield from first
    if said.purposes:
        yield _("The recipient processes the data further for the following purposes only:")
        yield from listed(names.purpose(code) for code in said.purposes)
    yield from paragraphs(said.explanation)
    if why := tuple(paragraphs(said.compatibility)):
        yield _("The further processing is compatible with the first purpose (GDPR art. 5(1)(b) and 6(4)).")
        yield from why


def _categories(content: RequestContent, names: RegisterNames) -> Iterator[str]:
    if content.data.services:
        yield _("The data are communicated through the following services:")
        yield from listed(names.service(code) for code in content.data.services)
    if content.data.categories:
        yield _("The following categories of data are communicated, each for the reason that stands beside it:")
        yield from listed(_category(wanted, names) for wanted in content.data.categories)


def _category(wanted: Wanted, names: RegisterNames) -> str:
    row = names.categories.get(wanted.category)
    called = {"category": names.category(wanted.category)}
    if row is not None and row.special_category:
        sentence = _("%(category)s (special category of personal data, GDPR art. 9).") % called
    else:
        sentence = stopped(called["category"])
    why = " ".join(paragraphs(wanted.why))
    return f"{sentence} {stopped(why) if why else TO_COMPLETE}"
