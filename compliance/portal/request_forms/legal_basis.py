"""Step 4: the law on which both sides rest."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from compliance.authorisations.requests.vocabulary import Section
from compliance.console.offer_choices import offer_choices
from compliance.portal.request_forms.base import SectionForm
from compliance.portal.request_forms.fields import Boxes, Text


class LegalBasisForm(SectionForm):
    """Legal bases."""

    section = Section.LEGAL_BASIS

    recipient_bases = Boxes(_("On which legal basis may you process the data?"))
    provider_bases = Boxes(_("On which legal basis may the data be given to you?"))
    task = Text(
        _("What is your task?"), _("Your task in the public interest, or the legal obligation that you carry out.")
    )

    def offer(self) -> None:
        """Offer the law that holds, and what was chosen before."""
        kept = {*self.standing.recipient_bases, *self.standing.provider_bases}
        choices = self.register.legal_bases(kept)
        for name in ("recipient_bases", "provider_bases"):
            offer_choices(self, name, choices)
