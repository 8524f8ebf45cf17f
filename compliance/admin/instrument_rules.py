"""The page of the table that says which instrument an exchange needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy

from compliance.admin.labels import labelled
from compliance.admin.reason_form import ReasonForm
from compliance.admin.recorded import RecordedAdmin
from compliance.authorisations.requests.models import InstrumentRule
from compliance.console.offer_choices import offer_choices
from compliance.registry.models import DataCategory, Organisation
from compliance.registry.vocabulary import OrganisationKind, RouteKind

CHOSEN = ("recipient_kinds", "route_kinds", "providers", "categories")


def _boxes(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing ticked: any."),
    )


class InstrumentRuleForm(ReasonForm):
    """A row of the table; lists are ticked, and kept in the order of the alphabet."""

    recipient_kinds = _boxes(gettext_lazy("Kinds of recipients"))
    route_kinds = _boxes(gettext_lazy("Kinds of routes"))
    providers = _boxes(gettext_lazy("Providers"))
    categories = _boxes(gettext_lazy("Any of these data categories"))

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer what the register knows."""
        super().__init__(*args, **options)
        offered: dict[str, list[tuple[str, Any]]] = {
            "recipient_kinds": list(OrganisationKind.choices),
            "route_kinds": list(RouteKind.choices),
            "providers": [(row.code, labelled(row)) for row in Organisation.objects.all()],
            "categories": [(row.code, labelled(row)) for row in DataCategory.objects.all()],
        }
        for name, choices in offered.items():
            if name in self.fields:
                offer_choices(self, name, choices)

    def clean(self) -> dict[str, Any]:
        """Sort what is ticked, so that the same row is always written the same."""
        filled = super().clean() or {}
        return {**filled, **{name: sorted(filled[name]) for name in CHOSEN if name in filled}}


@admin.register(InstrumentRule)
class InstrumentRuleAdmin(RecordedAdmin):
    """Rows in the order in which they are asked; the first that applies decides."""

    form = InstrumentRuleForm
    list_display = ("position", "code", "needed", "citation", "active")
    list_display_links = ("code",)
    list_filter = ("needed", "active")
    search_fields = ("code", "citation", "explanation_nl")
