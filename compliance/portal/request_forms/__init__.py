"""The steps of a request as forms, one for each section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.portal.request_forms.duration import DurationForm
from compliance.portal.request_forms.legal_basis import LegalBasisForm
from compliance.portal.request_forms.parties import CONTACTS, PartiesForm
from compliance.portal.request_forms.purposes import PurposesForm
from compliance.portal.request_forms.recipients import RecipientsForm
from compliance.portal.request_forms.requested_data import RequestedDataForm, why_field
from compliance.portal.request_forms.rhythm import RhythmForm
from compliance.portal.request_forms.rights import RightsForm
from compliance.portal.request_forms.sanctions import SanctionsForm
from compliance.portal.request_forms.security import SecurityForm

if TYPE_CHECKING:
    from compliance.authorisations.requests.content import RequestContent
    from compliance.authorisations.requests.vocabulary import Section
    from compliance.portal.request_forms.base import SectionForm

FORMS: dict[Section, type[SectionForm]] = {
    form.section: form
    for form in (
        PartiesForm,
        PurposesForm,
        RequestedDataForm,
        LegalBasisForm,
        RecipientsForm,
        RhythmForm,
        DurationForm,
        SecurityForm,
        RightsForm,
        SanctionsForm,
    )
}


def anchor(content: RequestContent, field: str) -> str:
    """Return where on its step a field stands: ``title``, ``contact``, ``categories/2/why``."""
    name, _slash, rest = field.partition("/")
    if name == "categories" and rest:
        position = int(rest.partition("/")[0])
        return f"field-{why_field(content.categories[position])}"
    return f"field-{name}_name" if name in CONTACTS else f"field-{name}"
