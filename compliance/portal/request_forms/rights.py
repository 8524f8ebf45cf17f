"""Step 9: how persons are told, and how they use their rights."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from compliance.authorisations.requests.vocabulary import Section
from compliance.portal.request_forms.base import SectionForm
from compliance.portal.request_forms.fields import Text


class RightsForm(SectionForm):
    """Rights of the persons concerned."""

    section = Section.RIGHTS

    information = Text(
        _("How do you tell the persons concerned?"), _("For example: on your website, and in your first letter.")
    )
    exercise = Text(
        _("Where can they use their rights?"), _("To see their data, to have it corrected, to object: with whom?")
    )
    restrictions = Text(_("Does a law restrict these rights?"), _("Name the article. Leave it empty when no law does."))
