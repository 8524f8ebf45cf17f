"""Step 8: what you do to protect the data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from compliance.authorisations.requests.vocabulary import Measure, Section
from compliance.console.offer_choices import offer_choices
from compliance.portal.request_forms.base import SectionForm
from compliance.portal.request_forms.fields import Boxes, Text


class SecurityForm(SectionForm):
    """Security."""

    section = Section.SECURITY

    measures = Boxes(_("Which measures do you take?"), _("What you tick here, you promise."))
    explanation = Text(_("What else should be known about your security?"))

    def offer(self) -> None:
        """Offer the measures that can be promised by name."""
        offer_choices(self, "measures", Measure.choices)
