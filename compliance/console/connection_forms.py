"""Forms that move a connection. Each asks what its verb needs; the verb refuses what is not allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.access.models import Account
from compliance.access.roles import Role
from compliance.authorisations.models import AuthorisationVersion
from compliance.connecting.move import SHORTEST_REASON
from compliance.connecting.rules import steps_before
from compliance.connecting.vocabulary import Step
from compliance.console.exchange_filter import DayField
from compliance.kernel.identifiers import holds_insz
from compliance.registry.models import Organisation, ProcessingMandate, Route
from compliance.registry.vocabulary import OrganisationKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from compliance.connecting.models import Connection
    from compliance.kernel.errors import ComplianceError

_SELECT = {"class": "input"}


class Why(forms.CharField):
    """Why this is done; it is kept for ever."""

    def __init__(self) -> None:
        """Ask for a sentence."""
        super().__init__(
            label=gettext_lazy("Reason"),
            min_length=SHORTEST_REASON,
            max_length=1000,
            widget=forms.Textarea(attrs={"class": "input", "rows": 2}),
            help_text=gettext_lazy("What was agreed or seen? Your reason is kept with your name."),
        )


def refuse(form: forms.Form, error: ComplianceError) -> None:
    """Put what the verb refused beside the field that it names, or above all fields."""
    for one in error.errors:
        name = one.pointer.strip("/")
        form.add_error(name if name in form.fields else None, refusal_words(one.code) or one.detail)
    if not error.errors:
        form.add_error(None, refusal_words(error.problem_type) or error.detail)


def refusal_words(code: str) -> str:
    """Say a refusal in the reader's language; one without words of its own keeps its English ones."""
    told = {
        "checklist": _("Not every self-test was passed yet."),
        "tests": _("The tests were not confirmed."),
        "authorisation": _("No authorisation in force names this partner, its route and production."),
        "no-mandate": _("This vendor has no mandate of the partner that is in force. Register it first."),
        "not-a-reason": _("Say why in at least ten characters, and without a national number."),
        "not-a-day": _("Give a day of the past year, at the latest today."),
        "holds-national-number": _("This holds a national number. Leave it out."),
        "changed-meanwhile": _("Somebody else moved this connection meanwhile; look at it again."),
        "begun-before": _("This partner is being connected already, or is connected."),
        "not-allowed-now": _("This cannot be done in this step."),
    }
    return told.get(code, "")


class Named(forms.ModelChoiceField):  # type: ignore[type-arg]  # at run time it takes no type arguments
    """One row of the register, by its name."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Look as other fields do."""
        super().__init__(*args, widget=forms.Select(attrs=_SELECT), **options)

    def label_from_instance(self, obj: Any) -> str:
        """Return the name."""
        return str(obj.name)


class MoveForm(forms.Form):
    """What all forms of a connection share."""

    prefix_of_ids = "move"

    def __init__(self, body: Any = None, *, connection: Connection, key: str = "", **options: Any) -> None:
        """Keep whose form it is; ``key`` tells forms of one page apart."""
        super().__init__(body, auto_id=f"{self.prefix_of_ids}{key}-%s", **options)
        self.connection = connection


class ReadyForm(forms.Form):
    """Say that one's own part is done."""

    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"class": "input", "rows": 2}),
    )

    def clean_remark(self) -> str:
        """Refuse a national number: what is said here is kept."""
        if holds_insz(remark := str(self.cleaned_data["remark"])):
            raise forms.ValidationError(refusal_words("holds-national-number"))
        return remark


class ConfirmForm(MoveForm):
    """Confirm the present step."""

    prefix_of_ids = "confirm"
    reason = Why()

    def __init__(self, *args: Any, **options: Any) -> None:
        """Ask for the day, today when none is given."""
        super().__init__(*args, **options)
        self.fields["done_on"] = DayField(label=_("Done on (empty: today)"))


class BackForm(MoveForm):
    """Go back to an earlier step."""

    prefix_of_ids = "back"
    to = forms.ChoiceField(label=gettext_lazy("Back to"), widget=forms.Select(attrs=_SELECT))
    reason = Why()

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the earlier steps."""
        super().__init__(*args, **options)
        field = self.fields["to"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(step.value, step.label) for step in steps_before(Step(self.connection.step))]


class PlanForm(MoveForm):
    """Plan a step."""

    prefix_of_ids = "plan"
    responsible = forms.ModelChoiceField(
        Account.objects.none(),
        label=gettext_lazy("Responsible person"),
        required=False,
        widget=forms.Select(attrs=_SELECT),
    )
    responsible_name = forms.CharField(
        label=gettext_lazy("or a name without an account"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"class": "input", "rows": 2}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer operators, and the people of the partner and its vendor."""
        super().__init__(*args, **options)
        self.fields["planned_on"] = DayField(label=_("Planned on"))
        self.order_fields(["planned_on", "responsible", "responsible_name", "remark"])
        field = self.fields["responsible"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = responsible_people(self.connection)


class ArrangeForm(MoveForm):
    """Change route, vendor, authorisation."""

    prefix_of_ids = "arrange"
    route = Named(Route.objects.all(), label=gettext_lazy("Route"))
    vendor = Named(Organisation.objects.none(), label=gettext_lazy("Software vendor"), required=False)
    authorisation = forms.ChoiceField(
        label=gettext_lazy("Authorisation"),
        required=False,
        widget=forms.Select(attrs=_SELECT),
        help_text=gettext_lazy("Empty: any authorisation in force that names the partner and the route."),
    )
    reason = Why()

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the vendors with a mandate, and the authorisations that name the partner."""
        super().__init__(*args, **options)
        organisation = self.connection.organisation
        vendor, authorisation = self.fields["vendor"], self.fields["authorisation"]
        if isinstance(vendor, forms.ModelChoiceField):
            mandates = ProcessingMandate.objects.filter(controller=organisation)
            vendor.queryset = Organisation.objects.filter(pk__in=mandates.values("processor"))
        if isinstance(authorisation, forms.ChoiceField):
            versions = AuthorisationVersion.objects.filter(recipients__contains=[organisation.code])
            codes = versions.order_by("authorisation__code").values_list("authorisation__code", flat=True).distinct()
            authorisation.choices = [("", "—"), *((code, code) for code in codes)]


class BeginForm(forms.Form):
    """Begin to connect a partner."""

    organisation = Named(Organisation.objects.none(), label=gettext_lazy("Partner"))
    route = Named(Route.objects.all(), label=gettext_lazy("Route"))
    vendor = Named(
        Organisation.objects.filter(kind=OrganisationKind.VENDOR),
        label=gettext_lazy("Software vendor"),
        required=False,
        help_text=gettext_lazy("The register must hold a mandate of the partner for this vendor."),
    )
    reason = Why()

    def __init__(self, body: Any = None, **options: Any) -> None:
        """Offer who is not being connected yet."""
        super().__init__(body, auto_id="begin-%s", **options)
        field = self.fields["organisation"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Organisation.objects.filter(connecting=None).exclude(kind=OrganisationKind.VENDOR)


def responsible_people(connection: Connection) -> QuerySet[Account]:
    """Return who may be responsible for a step: operators, and the people of the partner and its vendor."""
    own = [connection.organisation_id, *([connection.vendor_id] if connection.vendor_id else [])]
    operators = Account.objects.filter(role=Role.OPERATOR)
    return (operators | Account.objects.filter(organisation__in=own)).filter(is_active=True).order_by("username")
