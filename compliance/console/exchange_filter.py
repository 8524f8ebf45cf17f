"""What a list of exchanges is narrowed to: read from the address, so that a list can be sent and kept.

A list is of production unless the address names another environment.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.authorisations.vocabulary import VERDICT_LABELS
from compliance.console.days import midnight
from compliance.exchanges.vocabulary import Direction, Environment, Outcome, Trigger
from compliance.kernel.identifiers import holds_insz

if TYPE_CHECKING:
    from compliance.console.presenters.names import Names
    from compliance.exchanges.queries import ExchangeQuerySet

NOT_COVERED = "not-covered"
EVERY_ENVIRONMENT = "every"
FIRST = ("partner", "verdict", "outcome", "from", "until", "reference", "environment")
MORE = ("service", "route", "direction", "trigger")
COLUMNS = {"reference": "message_reference"}


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        """Write days as the browser expects them."""
        super().__init__(format="%Y-%m-%d", attrs={"class": "input"})


class DayField(forms.DateField):
    """A day, as the calendar gives it or as Belgians write it."""

    widget = DayInput

    def __init__(self, *, label: Any) -> None:
        """Nobody has to give one."""
        super().__init__(label=label, required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"])


class ExchangeFilter(forms.Form):
    """Words for the fields, and what each keeps. An address without filters keeps all of production."""

    partner = forms.ChoiceField(label=gettext_lazy("Partner"), required=False)
    verdict = forms.ChoiceField(label=gettext_lazy("Verdict"), required=False)
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), required=False)
    reference = forms.CharField(
        label=gettext_lazy("Message reference"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"class": "input", "data-search": "", "spellcheck": "false"}),
    )
    service = forms.ChoiceField(label=gettext_lazy("Service"), required=False)
    route = forms.ChoiceField(label=gettext_lazy("Route"), required=False)
    direction = forms.ChoiceField(label=gettext_lazy("Direction"), required=False)
    trigger = forms.ChoiceField(label=gettext_lazy("Automatic or by hand"), required=False)
    environment = forms.ChoiceField(label=gettext_lazy("Environment"), required=False)

    def __init__(self, address: Any, *, names: Names, locked_to: str = "") -> None:
        """Read the query of an address; ``locked_to`` is the one partner that may be seen."""
        super().__init__(address, auto_id="filter-%s")
        self.names = names
        self.fields["from"] = DayField(label=_("From"))
        self.fields["until"] = DayField(label=_("Up to and including"))
        [(verdict.value, words) for verdict, words in VERDICT_LABELS.items()]
        choices: dict[str, list[tuple[Any, Any]]] = {
            "partner": names.organisations_to_choose,
            "verdict": [
                (NOT_COVERED, _("not covered, any reason")),
                *((v.value, w) for v, w in VERDICT_LABELS.items()),
            ],
            "outcome": list(Outcome.choices),
            "service": list(names.services.items()),
            "route": list(names.routes.items()),
            "direction": list(Direction.choices),
            "trigger": list(Trigger.choices),
            "environment": [*Environment.choices, (EVERY_ENVIRONMENT, _("all environments"))],
        }
        for name, values in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = values if name == "environment" else [("", _("all")), *values]
                field.widget.attrs["class"] = "input"
        if locked_to:
            del self.fields["partner"]

    def clean_reference(self) -> str:
        """Refuse a national number: it would stand in the address, in the log and in the list of acts."""
        reference = str(self.cleaned_data["reference"])
        if holds_insz(reference):
            raise forms.ValidationError(_("A message reference is never the number of a person. Use “Find a person”."))
        return reference

    def clean(self) -> dict[str, Any]:
        """Refuse a period that runs backwards."""
        kept = super().clean() or {}
        first, last = kept.get("from"), kept.get("until")
        if first and last and last < first:
            self.add_error("until", _("This day lies before the first day of the period."))
        return kept

    @property
    def chosen(self) -> dict[str, Any]:
        """The fields that narrow, with their values."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value and value != Environment.PRODUCTION}

    @property
    def ran_in(self) -> str:
        """The environment that the list is of."""
        return str(self.chosen.get("environment", Environment.PRODUCTION.value))

    @property
    def first(self) -> list[forms.BoundField]:
        """The fields that are always in sight."""
        return [self[name] for name in FIRST if name in self.fields]

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that stand aside."""
        return [self[name] for name in MORE]

    @property
    def more_is_open(self) -> bool:
        """Whether one of the fields that stand aside is in use."""
        return any(name in self.chosen for name in MORE)

    def query(self, *, without: str = "") -> dict[str, str]:
        """Return the fields as an address has them."""
        return {
            name: value.isoformat() if isinstance(value, date) else str(value)
            for name, value in self.chosen.items()
            if name != without
        }

    def narrow(self, exchanges: ExchangeQuerySet) -> ExchangeQuerySet:
        """Keep what the fields keep; a form with errors keeps nothing."""
        if not self.is_valid():
            return exchanges.none()
        if self.ran_in != EVERY_ENVIRONMENT:
            exchanges = exchanges.filter(environment=self.ran_in)
        for name, value in self.chosen.items():
            match name:
                case "environment":
                    continue
                case "from":
                    exchanges = exchanges.started_from(midnight(value))
                case "until":
                    exchanges = exchanges.started_before(midnight(value + timedelta(days=1)))
                case "verdict" if value == NOT_COVERED:
                    exchanges = exchanges.not_covered()
                case _:
                    exchanges = exchanges.filter(**{COLUMNS.get(name, name): value})
        return exchanges
