"""The forms of a data breach: the notification, that it was made or need not be, and why the persons are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.cases.breaches.content import Notification
from compliance.cases.breaches.vocabulary import Authority
from compliance.console.cases.forms import Told
from compliance.console.exchange_filter import DayField
from compliance.console.forms import StatedReason
from compliance.console.offer_choices import offer_choices
from compliance.kernel.clock import BRUSSELS

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.console.presenters.names import Names

_LINE = {"class": "input"}
_NUMBER = {"class": "input input--number", "inputmode": "numeric"}
INFORM = {"yes": True, "no": False, "": None}


def _line(label: Any, *, longest: int = 300, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=longest, widget=forms.TextInput(attrs=_LINE), **options
    )


class NotificationForm(forms.Form):
    """What article 33(3) asks. Nothing is required: a version may be kept at any moment, and completed later."""

    controller = _line(gettext_lazy("Controller"))
    dpo_name = _line(gettext_lazy("Data protection officer"))
    dpo_email = _line(gettext_lazy("E-mail of the data protection officer"))
    nature = Told(gettext_lazy("What happened"), rows=4, required=False)
    categories = forms.MultipleChoiceField(
        label=gettext_lazy("Data categories"), required=False, widget=forms.CheckboxSelectMultiple
    )
    sensitive = forms.BooleanField(
        label=gettext_lazy("Special categories of data (article 9) are among them"), required=False
    )
    about_whom = _line(gettext_lazy("What persons it is about"))
    persons = forms.IntegerField(
        label=gettext_lazy("Number of persons"), required=False, min_value=0, widget=forms.NumberInput(attrs=_NUMBER)
    )
    records = forms.IntegerField(
        label=gettext_lazy("Number of exchanges"), required=False, min_value=0, widget=forms.NumberInput(attrs=_NUMBER)
    )
    partners = forms.MultipleChoiceField(
        label=gettext_lazy("Partners"), required=False, widget=forms.CheckboxSelectMultiple
    )
    consequences = Told(gettext_lazy("Likely consequences"), rows=3, required=False)
    measures_taken = Told(gettext_lazy("Measures taken"), rows=3, required=False)
    measures_planned = Told(gettext_lazy("Measures planned"), rows=3, required=False)
    inform_persons = forms.ChoiceField(
        label=gettext_lazy("Are the persons informed? (article 34)"), required=False, widget=forms.RadioSelect
    )
    inform_reason = Told(gettext_lazy("Why, or why not"), rows=2, required=False)
    late_because = Told(
        gettext_lazy("Why it is late"), gettext_lazy("Only when it is notified after 72 hours."), rows=2, required=False
    )

    def __init__(self, *args: Any, proposed: Notification, names: Names, **options: Any) -> None:
        """Begin with what was kept last, or with what the case and the register tell."""
        said = {name: getattr(proposed, name) for name in self.base_fields if hasattr(proposed, name)}
        said["inform_persons"] = {True: "yes", False: "no", None: ""}[proposed.inform_persons]
        period = {"begins_on": proposed.begins_on, "ends_on": proposed.ends_on}
        super().__init__(*args, **{"auto_id": "draft-%s", "initial": {**said, **period}, **options})
        self.fields["begins_on"] = DayField(label=_("First day"))
        self.fields["ends_on"] = DayField(label=_("Last day"))
        offer_choices(self, "categories", names.categories.items())
        offer_choices(self, "partners", [(code, names.organisation(code)) for code in proposed.partners])
        offer_choices(self, "inform_persons", [("yes", _("yes")), ("no", _("no")), ("", _("not decided yet"))])
        if not proposed.partners:
            del self.fields["partners"]

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields under headings, in the order of article 33(3)."""
        groups = (
            (_("Who notifies"), ("controller", "dpo_name", "dpo_email")),
            (_("What happened"), ("nature", "begins_on", "ends_on", "partners")),
            (_("Which data, of whom"), ("categories", "sensitive", "about_whom", "persons", "records")),
            (_("Consequences and measures"), ("consequences", "measures_taken", "measures_planned")),
            (_("The persons themselves"), ("inform_persons", "inform_reason")),
            (_("When it is late"), ("late_because",)),
        )
        return [(told, [self[name] for name in names if name in self.fields]) for told, names in groups]

    def notification(self) -> Notification:
        """Return what was written, of a valid form."""
        given = dict(self.cleaned_data)
        given["inform_persons"] = INFORM[given["inform_persons"]]
        for name in ("persons", "records"):
            given[name] = given[name] or 0
        for name in ("categories", "partners"):
            given[name] = tuple(given.get(name) or ())
        return Notification(**given)


class NotifiedForm(forms.Form):
    """To whom, when, and under which reference."""

    authority = forms.ChoiceField(
        label=gettext_lazy("Notified to"), choices=Authority.choices, widget=forms.RadioSelect
    )
    reference = forms.CharField(
        label=gettext_lazy("Their reference"), max_length=200, widget=forms.TextInput(attrs=_LINE)
    )
    notified_at = forms.DateTimeField(
        label=gettext_lazy("When"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M", attrs={"class": "input input--number", "type": "datetime-local"}
        ),
    )

    def clean_notified_at(self) -> datetime:
        """Read the moment as a clock in Brussels shows it."""
        given: datetime = self.cleaned_data["notified_at"]
        return given.replace(tzinfo=BRUSSELS)


class NotNeededForm(forms.Form):
    """Why it need not be notified."""

    reason = Told(
        gettext_lazy("Reason"),
        gettext_lazy("Why a risk for the persons is unlikely (article 33(1)). It is kept, as article 33(5) asks."),
        rows=3,
    )


class PersonsForm(forms.Form):
    """Why the persons to inform are listed."""

    reason = StatedReason()
