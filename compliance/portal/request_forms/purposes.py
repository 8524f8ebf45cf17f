"""Step 2: what for, and how that goes together with what the data was collected for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from compliance.authorisations.requests.vocabulary import Section
from compliance.console.offer_choices import offer_choices
from compliance.portal.request_forms.base import SectionForm
from compliance.portal.request_forms.fields import Boxes, Text


class PurposesForm(SectionForm):
    """Purposes."""

    section = Section.PURPOSES

    purposes = Boxes(_("What do you need the data for?"), _("Choose only what you really do."))
    explanation = Text(
        _("What will you do with the data?"),
        _("Describe it so that the persons concerned understand it. Do not write names or numbers of persons."),
    )
    first_collection = Text(_("What was the data first collected for?"))
    compatibility = Text(
        _("Why does your purpose go together with the first one?"),
        _("For example: a law says so, or the person expects it (GDPR art. 6(4))."),
    )

    def offer(self) -> None:
        """Offer the purposes of the register."""
        offer_choices(self, "purposes", self.register.purposes())
