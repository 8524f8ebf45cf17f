"""Step 1: who gives, who gets, and whom to turn to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from compliance.authorisations.requests.vocabulary import Section
from compliance.console.offer_choices import offer_choices
from compliance.portal.request_forms.base import Group, SectionForm
from compliance.portal.request_forms.fields import Address, Boxes, Line, OneOfMany

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTACTS = ("recipient_dpo", "provider_dpo", "contact")


class PartiesForm(SectionForm):
    """Parties. Who asks is fixed: it is the organisation of whoever writes."""

    section = Section.PARTIES

    title = Line(
        _("Title of the request"), _("Short and clear, for example: Data on integration courses for job mediation.")
    )
    provider = OneOfMany(_("Who gives the data?"))
    processors = Boxes(
        _("Who processes the data for you?"),
        _("For example the vendor of your software. Leave it open when you do it yourself."),
    )
    recipient_dpo_name = Line(_("Name"), autocomplete="off")
    recipient_dpo_email = Address(_("E-mail"))
    provider_dpo_name = Line(_("Name"), autocomplete="off")
    provider_dpo_email = Address(_("E-mail"))
    contact_name = Line(_("Name of the person or the service"), autocomplete="off")
    contact_email = Address(_("E-mail"))

    def offer(self) -> None:
        """Offer sources of data, and who can process."""
        offer_choices(self, "provider", [("", "—"), *self.register.providers()])
        offer_choices(self, "processors", self.register.processors(self.standing.processors))

    def groups(self) -> tuple[Group, ...]:
        """Show each contact as one."""
        return (
            Group(("title",)),
            Group(("provider",)),
            Group(("processors",)),
            Group(_pair("recipient_dpo"), _("Your data protection officer"), shape="pair"),
            Group(_pair("provider_dpo"), _("Data protection officer of who gives the data"), shape="pair"),
            Group(_pair("contact"), _("Who answers questions about this request?"), shape="pair"),
        )

    def filled_in(self, standing: dict[str, Any]) -> dict[str, Any]:
        """Show name and address of each contact."""
        shown = dict(standing)
        for side in CONTACTS:
            shown |= {f"{side}_{name}": value for name, value in standing[side].items()}
        return shown

    def said(self, filled: Mapping[str, Any]) -> dict[str, Any]:
        """Put them together again; the one who asks stays."""
        contacts = {side: {"name": filled[f"{side}_name"], "email": filled[f"{side}_email"]} for side in CONTACTS}
        return {**super().said(filled), **contacts, "recipient": self.standing.recipient}

    def field_for(self, name: str) -> str:
        """Point to the name of a contact."""
        return f"{name}_name" if name in CONTACTS else name


def _pair(side: str) -> tuple[str, str]:
    return f"{side}_name", f"{side}_email"
