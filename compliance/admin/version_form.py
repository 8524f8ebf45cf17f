"""An authorisation's next version, in fields: the instrument, parties, scope, period and conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.admin.conditions_form import CONDITION_FIELDS, ConditionsForm, filled_in
from compliance.admin.generics import VersionModelForm
from compliance.admin.labels import labelled
from compliance.authorisations.check_draft import check_draft, check_instrument
from compliance.authorisations.draft import Instrument, VersionDraft
from compliance.authorisations.models import AuthorisationVersion
from compliance.authorisations.terms import Conditions
from compliance.authorisations.vocabulary import InstrumentKind
from compliance.registry.models import DataCategory, LegalBasis, Organisation, Purpose, Route, Service

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.authorisations.models import Authorisation
    from compliance.registry.named import Named

INSTRUMENT = ("code", "kind", "title_nl", "title_en", "title_fr")
SCOPE = ("recipients", "purposes", "services", "categories", "legal_bases", "routes", "environments")
SINGLE = ("provider", "valid_from", "valid_until", "document_reference", "document_digest")
FIELDSETS: list[Any] = [
    (gettext_lazy("Instrument"), {"fields": [*INSTRUMENT, "read_number"]}),
    (gettext_lazy("Parties"), {"fields": ["provider", "recipients"]}),
    (gettext_lazy("Scope"), {"fields": list(SCOPE[1:])}),
    (gettext_lazy("Period"), {"fields": ["valid_from", "valid_until"]}),
    (gettext_lazy("Conditions"), {"fields": list(CONDITION_FIELDS)}),
    (gettext_lazy("Document"), {"fields": ["document_reference", "document_digest"]}),
    (gettext_lazy("Reason"), {"fields": ["reason"]}),
]
ENVIRONMENTS = [
    ("production", gettext_lazy("production")),
    ("acceptance", gettext_lazy("acceptance")),
    ("test", gettext_lazy("test")),
]


def _boxes(label: Any, help_text: Any = "", choices: Any = ()) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, help_text=help_text, choices=choices, widget=widget)


def _moment(label: Any, **options: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **options)


class VersionForm(ConditionsForm, VersionModelForm):
    """A new instrument, or the next version of one, filled in like the version before."""

    code = forms.CharField(label=gettext_lazy("code"), max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("kind"), choices=InstrumentKind)
    title_nl = forms.CharField(label=gettext_lazy("title (Dutch)"), max_length=300)
    title_en = forms.CharField(label=gettext_lazy("title (English)"), max_length=300)
    title_fr = forms.CharField(label=gettext_lazy("title (French)"), max_length=300)
    read_number = forms.IntegerField(required=False, initial=0, widget=forms.HiddenInput)
    provider = forms.ChoiceField(label=gettext_lazy("provider"))
    recipients = _boxes(gettext_lazy("recipients"))
    purposes = _boxes(gettext_lazy("purposes"))
    services = _boxes(gettext_lazy("services"), gettext_lazy("Without a number: every version, also those to come."))
    categories = _boxes(gettext_lazy("data categories"))
    legal_bases = _boxes(gettext_lazy("legal bases"))
    routes = _boxes(gettext_lazy("routes"))
    environments = _boxes(gettext_lazy("environments"), choices=ENVIRONMENTS)
    valid_from = _moment(gettext_lazy("valid from"), help_text=gettext_lazy("Brussels time."))
    valid_until = _moment(
        gettext_lazy("valid until (excluded)"),
        required=False,
        help_text=gettext_lazy("Empty: until the next version begins, or a withdrawal."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2, "cols": 80})
    )

    class Meta:
        model = AuthorisationVersion
        fields = ("document_reference", "document_digest")

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer what the register knows; keep the code of an instrument that is there."""
        super().__init__(*args, **options)
        organisations = _choices(Organisation.objects.all())
        offered = {
            "provider": [("", "---------"), *organisations],
            "recipients": organisations,
            "purposes": _choices(Purpose.objects.all()),
            "services": _service_choices(),
            "categories": _choices(DataCategory.objects.all()),
            "legal_bases": _choices(LegalBasis.objects.all()),
            "routes": _choices(Route.objects.all()),
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        if str(self["read_number"].value() or 0) != "0":
            self.fields["code"].widget.attrs["readonly"] = True

    def clean(self) -> dict[str, Any]:
        """Check what the verb would refuse, and that nobody registered a version meanwhile."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            self._check_number(cleaned["code"], cleaned["read_number"] or 0)
            check_instrument(self.instrument())
            check_draft(self.draft())
        return cleaned

    def instrument(self) -> Instrument:
        """Return the instrument as filled in."""
        filled = {name: self.cleaned_data[name] for name in INSTRUMENT}
        return Instrument(**{**filled, "kind": InstrumentKind(filled["kind"])})

    def draft(self) -> VersionDraft:
        """Return the terms as filled in."""
        scope: dict[str, Any] = {name: tuple(self.cleaned_data[name]) for name in SCOPE}
        single = {name: self.cleaned_data[name] for name in SINGLE}
        return VersionDraft(**scope, **single, conditions=self.conditions())

    def _check_number(self, code: str, read: int) -> None:
        last = AuthorisationVersion.objects.filter(authorisation__code=code).order_by("-number").first()
        if read == 0 and last is not None:
            raise ValidationError({"code": _("There is an instrument with this code: register its next version.")})
        if (last.number if last else 0) != read:
            raise ValidationError(_("Somebody else changed this meanwhile; look at it again."))


def as_the_last(authorisation: Authorisation) -> dict[str, Any]:
    """Return the last version of an instrument as the form shows it, but without period and reason. One query."""
    filled: dict[str, Any] = {name: getattr(authorisation, name) for name in INSTRUMENT}
    last = authorisation.versions.order_by("-number").first()
    if last is not None:
        filled |= {name: getattr(last, name) for name in ("provider", *SCOPE)}
        filled |= filled_in(msgspec.convert(last.conditions, Conditions))
        filled["read_number"] = last.number
    return filled


def _choices(rows: Iterable[Named]) -> list[tuple[str, str]]:
    return [(row.code, labelled(row)) for row in rows]


def _service_choices() -> list[tuple[str, str]]:
    offered: dict[str, str] = {}
    for service in Service.objects.order_by("code", "version"):
        offered.setdefault(service.code, f"{service.code} · {service.name}")
        offered[service.recorded_code] = f"{service.code} {service.version}"
    return list(offered.items())
