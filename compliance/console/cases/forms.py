"""The forms of what is done with a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.access.roles import Capability
from compliance.cases.said import LONGEST
from compliance.cases.scope import Scope
from compliance.cases.vocabulary import Outcome
from compliance.console.forms import StatedReason
from compliance.console.offer_choices import offer_choices
from compliance.console.presenters import words
from compliance.detection.titles import title_of
from compliance.kernel.clock import BRUSSELS, now
from compliance.notices.audience import people_who

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.utils.functional import _StrPromise as StrPromise

    from compliance.cases.models import Case

_DAY = {"class": "input input--number", "type": "date"}
_MOMENT = {"class": "input input--number", "type": "datetime-local"}


class Told(forms.CharField):
    """What somebody writes about a case."""

    def __init__(self, label: str | StrPromise, hint: str | StrPromise = "", *, rows: int = 4, **options: Any) -> None:
        """Take a label, and what to write."""
        widget = forms.Textarea(attrs={"class": "input", "rows": rows})
        super().__init__(label=label, help_text=hint, max_length=LONGEST, widget=widget, **options)


class CaseForm(forms.Form):
    """An act on a case: ``seen`` is the last step that the person saw, so that a double click is known as one."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def offer(self, case: Case) -> None:
        """Offer what there is to choose in this case; most acts have nothing of the kind."""


class AssignForm(CaseForm):
    """To whom."""

    assignee = forms.ChoiceField(label=gettext_lazy("To"), widget=forms.Select(attrs={"class": "input"}))

    def offer(self, case: Case) -> None:
        """Offer those who decide cases, but for whoever has it."""
        people = people_who(Capability.DECIDE_CASES).exclude(cases=case).order_by("username")
        offer_choices(self, "assignee", [(str(one.pk), one.get_full_name() or one.username) for one in people])


class NoteForm(CaseForm):
    """What was found out."""

    words = Told(gettext_lazy("Note"), gettext_lazy("Everyone who sees the case reads it. It cannot be removed."))


class WhyForm(CaseForm):
    """Why."""

    reason = Told(gettext_lazy("Reason"), gettext_lazy("It is kept with your name."), rows=3)


class ConfirmForm(CaseForm):
    """That somebody agrees, with a word where there is one to say."""

    words = Told(gettext_lazy("Remark"), required=False, rows=2)


class DecideForm(CaseForm):
    """The decision, why, and what belongs to one of them only."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    reason = Told(
        gettext_lazy("Reason"),
        gettext_lazy("What did you look at, and what convinced you? Another must be able to follow it."),
    )
    detectors = forms.MultipleChoiceField(
        label=gettext_lazy("What is expected"), required=False, widget=forms.CheckboxSelectMultiple
    )
    only_partner = forms.BooleanField(label=gettext_lazy("Only of this partner"), required=False, initial=True)
    only_service = forms.BooleanField(label=gettext_lazy("Only with this service"), required=False)
    only_user = forms.BooleanField(label=gettext_lazy("Only of this user"), required=False)
    ends_on = forms.DateField(
        label=gettext_lazy("Expected up to and including"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs=_DAY),
    )
    passed_to = forms.CharField(
        label=gettext_lazy("Passed on to"),
        help_text=gettext_lazy("Which service or person goes on with it."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    aware_at = forms.DateTimeField(
        label=gettext_lazy("Since when you know"),
        help_text=gettext_lazy("The 72 hours of article 33 of the GDPR count from here. Empty means now."),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs=_MOMENT),
    )

    def offer(self, case: Case) -> None:
        """Offer the detectors of the case, and keep the expectation to what the case is about."""
        seen = sorted({finding.detector for finding in case.findings.all()})
        offer_choices(self, "detectors", [(one, title_of(one)) for one in seen])
        self.fields["detectors"].initial = seen
        about = {"only_partner": case.partner, "only_service": case.service, "only_user": case.user_key}
        for name, there in about.items():
            if there in {None, ""}:
                del self.fields[name]
        if not seen:
            offer_choices(self, "outcome", [one for one in Outcome.choices if one[0] != Outcome.EXPECTED])

    def scope(self, case: Case) -> Scope | None:
        """Return how far an expectation goes; ``None`` for another decision."""
        given = self.cleaned_data
        if given["outcome"] != Outcome.EXPECTED or not given.get("ends_on"):
            return None
        today = words.local_day(now())
        return Scope(
            detectors=tuple(given["detectors"]),
            only_partner=bool(given.get("only_partner")),
            only_service=bool(given.get("only_service")),
            only_user=bool(given.get("only_user")),
            begins_on=words.local_day(case.begins) if case.begins else today,
            ends_on=given["ends_on"],
        )

    def clean(self) -> dict[str, Any]:
        """Ask what belongs to the decision, and leave aside what belongs to another."""
        given = super().clean() or {}
        outcome = given.get("outcome")
        if outcome == Outcome.EXPECTED and not given.get("ends_on") and "ends_on" not in self.errors:
            self.add_error("ends_on", _("Say until which day this is expected: nothing is expected for ever."))
        if outcome == Outcome.PASSED_ON and not given.get("passed_to"):
            self.add_error("passed_to", _("Say to whom."))
        given["passed_to"] = given.get("passed_to", "") if outcome == Outcome.PASSED_ON else ""
        aware = given.get("aware_at") if outcome == Outcome.BREACH else None
        given["aware_at"] = aware.replace(tzinfo=BRUSSELS) if aware else None
        return given

    def always(self) -> list[forms.BoundField]:
        """Return the fields that every decision has."""
        return [self["outcome"], self["reason"]]

    def expected(self) -> list[forms.BoundField]:
        """Return the fields of an expectation."""
        names = ("detectors", "only_partner", "only_service", "only_user", "ends_on")
        return [self[name] for name in names if name in self.fields]


class BulkForm(forms.Form):
    """One decision with one reason for several cases: only what asks for nothing more."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[(Outcome.EXPLAINED.value, Outcome.EXPLAINED.label), (Outcome.MISUSE.value, Outcome.MISUSE.label)],
        initial=Outcome.EXPLAINED.value,
        widget=forms.RadioSelect(attrs={"form": "bulk"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"class": "input", "rows": 2, "form": "bulk"}),
        error_messages={"required": gettext_lazy("Say why: the reason is kept with each case.")},
    )


class UnmaskForm(forms.Form):
    """Whose identity is needed, of which exchanges, and why."""

    exchanges = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Of these exchanges"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one exchange.")},
    )
    reason = StatedReason()

    def __init__(self, *args: Any, offered: Sequence[tuple[UUID, str]], code: str, **options: Any) -> None:
        """Offer the exchanges of a case; the first is the most telling."""
        super().__init__(*args, **{"auto_id": "unmask-%s", **options})
        offer_choices(self, "exchanges", [(str(identifier), told) for identifier, told in offered])
        self.fields["exchanges"].initial = [str(identifier) for identifier, _told in offered[:1]]
        self.fields["reason"].initial = _("Case %(code)s: ") % {"code": code}
