"""Between whom, and considering what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.authorisations.requests.articles.part import part, standing_part
from compliance.authorisations.requests.vocabulary import Section
from compliance.authorisations.requests.wording import in_line, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.authorisations.requests.articles.part import TextPart
    from compliance.authorisations.requests.content import Contact, RequestContent
    from compliance.authorisations.requests.register_names import RegisterNames


def parties(content: RequestContent, names: RegisterNames) -> TextPart:
    """Return who gives, who gets, who is the controller of each, and their officers (law of 30 July 2018 art. 20)."""
    return part(Section.PARTIES, _("Between"), _parties(content, names))


def considerations() -> TextPart:
    """Return why there is a protocol at all."""
    return standing_part(
        Section.PARTIES,
        _("Considering"),
        _(
            "Article 8, § 1, of the decree of 18 July 2008 on electronic administrative data traffic requires a "
            "protocol between the controllers for every electronic communication of personal data by a Flemish body "
            "to another body or to an external authority."
        ),
        _(
            "This protocol names what article 20, § 1, of the law of 30 July 2018 on the protection of natural persons "
            "with regard to the processing of personal data asks of a protocol."
        ),
        _(
            "The parties keep to the principles of article 5 of Regulation (EU) 2016/679 of 27 April 2016 (General "
            "Data Protection Regulation, GDPR), in particular purpose limitation, data minimisation and storage "
            "limitation."
        ),
        _(
            "This protocol is concluded after advice of the data protection officers of both parties. Their advice is "
            "annexed to it."
        ),
        _("The parties agree as follows."),
    )


def _parties(content: RequestContent, names: RegisterNames) -> Iterator[str]:
    said = content.parties
    if said.provider:
        yield _("%(party)s, hereafter the provider,") % {"party": _identified(names, said.provider)}
    if said.recipient:
        yield _("and %(party)s, hereafter the recipient.") % {"party": _identified(names, said.recipient)}
    if names.controller is not None and names.controller.code != said.provider:
        yield _("The controller of the data at the provider is %(controller)s.") % {
            "controller": _with_number(names.controller.name, names.controller.kbo_number, names.controller.ovo_code)
        }
    elif said.provider:
        yield _("The provider is the controller of the data that it communicates.")
    if said.recipient:
        yield _("The recipient is the controller of the data from the moment at which it receives them.")
    if said.processors:
        yield _("The following processors act for the recipient, under a contract as in article 28 of the GDPR:")
        yield from listed(_identified(names, code) for code in said.processors)
    if contact := _contact(said.provider_dpo):
        yield _("The data protection officer of the provider is %(contact)s.") % {"contact": contact}
    if contact := _contact(said.recipient_dpo):
        yield _("The data protection officer of the recipient is %(contact)s.") % {"contact": contact}
    if contact := _contact(said.contact):
        yield _("Questions about this protocol go to %(contact)s.") % {"contact": contact}


def _identified(names: RegisterNames, code: str) -> str:
    row = names.organisations.get(code)
    return _with_number(row.name, row.kbo_number, row.ovo_code) if row else code


def _with_number(name: str, kbo_number: str, ovo_code: str) -> str:
    if kbo_number:
        number = f"{kbo_number[:4]}.{kbo_number[4:7]}.{kbo_number[7:]}"
        return _("%(name)s, with enterprise number (KBO) %(number)s") % {"name": name, "number": number}
    if ovo_code:
        return _("%(name)s, with organisation code %(number)s") % {"name": name, "number": ovo_code}
    return name


def _contact(contact: Contact) -> str:
    name, email = in_line(contact.name), in_line(contact.email)
    return f"{name} ({email})" if name and email else name or email
