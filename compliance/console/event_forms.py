"""The forms of planned events: what is announced, and why one does not count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.console.cases.forms import Told
from compliance.console.offer_choices import offer_choices
from compliance.detection.planned_events.announce import Announcement
from compliance.detection.planned_events.vocabulary import EventKind
from compliance.kernel.clock import BRUSSELS

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.console.presenters.names import Names

_WRITTEN = "%Y-%m-%dT%H:%M"


class _Moment(forms.DateTimeField):
    """A moment as a clock in Brussels shows it."""

    def __init__(self, label: Any) -> None:
        """Take a label."""
        widget = forms.DateTimeInput(format=_WRITTEN, attrs={"class": "input input--number", "type": "datetime-local"})
        super().__init__(label=label, input_formats=[_WRITTEN], widget=widget)

    def clean(self, value: Any) -> datetime:
        """Read it."""
        given: datetime = super().clean(value)
        return given.replace(tzinfo=BRUSSELS)


class AnnounceForm(forms.Form):
    """What is planned, when, and of which service; the keeper's people also say of which partner."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is planned"), choices=EventKind.choices, widget=forms.Select(attrs={"class": "input"})
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, widget=forms.TextInput(attrs={"class": "input"}))
    partner = forms.ChoiceField(
        label=gettext_lazy("Partner"), required=False, widget=forms.Select(attrs={"class": "input"})
    )
    service = forms.ChoiceField(
        label=gettext_lazy("Service"), required=False, widget=forms.Select(attrs={"class": "input"})
    )
    begins = _Moment(gettext_lazy("From"))
    ends = _Moment(gettext_lazy("Until"))
    explanation = Told(
        gettext_lazy("Explanation"),
        gettext_lazy("What will be seen: more traffic, none at all, other hours? Name no persons."),
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, names: Names, with_partner: bool, **options: Any) -> None:
        """Offer what the register knows."""
        super().__init__(*args, **{"auto_id": "event-%s", **options})
        offer_choices(self, "service", [("", _("every service")), *names.services.items()])
        if with_partner:
            offer_choices(self, "partner", [("", _("every partner")), *names.organisations_to_choose])
        else:
            del self.fields["partner"]

    def announcement(self) -> Announcement:
        """Return what was announced, of a valid form."""
        given = dict(self.cleaned_data)
        return Announcement(**{**given, "kind": EventKind(given["kind"])})


class EventReasonForm(forms.Form):
    """Why an event does not count, or no longer."""

    reason = Told(gettext_lazy("Reason"), rows=2)
