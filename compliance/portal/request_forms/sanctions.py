"""Step 10: what follows when a party does not keep to the protocol."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from compliance.authorisations.requests.vocabulary import Section
from compliance.portal.request_forms.base import SectionForm
from compliance.portal.request_forms.fields import Text


class SanctionsForm(SectionForm):
    """Sanctions."""

    section = Section.SANCTIONS

    sanctions = Text(
        _("What follows when a party does not keep to the protocol?"),
        _("For example: the exchange is suspended until the fault is mended."),
    )
