"""All findings, also those that made no case: searched, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.console.days import midnight
from compliance.console.exchange_filter import DayField
from compliance.console.offer_choices import offer_choices
from compliance.console.presenters.cases.words import FAMILY_WORDS
from compliance.detection.detectors.catalogue import DETECTORS
from compliance.detection.models import Finding
from compliance.detection.titles import title_of
from compliance.detection.vocabulary import FindingState

if TYPE_CHECKING:
    from compliance.console.presenters.names import Names
    from compliance.detection.queries import FindingQuerySet

SIZE = 50
_SELECT = {"class": "input"}


class FindingFilter(forms.Form):
    """What the list is narrowed to; without a state, to what is under the line."""

    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, widget=forms.Select(attrs=_SELECT))
    detector = forms.ChoiceField(label=gettext_lazy("Detector"), required=False, widget=forms.Select(attrs=_SELECT))
    family = forms.ChoiceField(label=gettext_lazy("About"), required=False, widget=forms.Select(attrs=_SELECT))
    partner = forms.ChoiceField(label=gettext_lazy("Partner"), required=False, widget=forms.Select(attrs=_SELECT))

    def __init__(self, address: Any, *, names: Names) -> None:
        """Read the query of an address."""
        super().__init__(address, auto_id="filter-%s")
        self.fields["from"] = DayField(label=_("From"))
        self.fields["until"] = DayField(label=_("Up to and including"))
        every = ("", _("all"))
        states = [one for one in FindingState.choices if one[0] not in {FindingState.TRIED, FindingState.BELOW}]
        below = (FindingState.BELOW.value, FindingState.BELOW.label)
        offer_choices(self, "state", [("", below[1]), *states, ("every", _("all"))])
        offer_choices(self, "detector", [every, *((one, title_of(one)) for one in sorted(DETECTORS))])
        offer_choices(self, "family", [every, *((one.value, str(told)) for one, told in FAMILY_WORDS.items())])
        offer_choices(self, "partner", [every, *names.organisations_to_choose])

    @property
    def query(self) -> dict[str, str]:
        """The fields that narrow, as an address has them."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}

    def narrow(self, findings: FindingQuerySet) -> FindingQuerySet:
        """Keep what the fields keep; a form with errors keeps nothing."""
        if not self.is_valid():
            return findings.none()
        given = self.cleaned_data
        findings = findings.exclude(state=FindingState.TRIED)
        if given["state"] != "every":
            findings = findings.filter(state=given["state"] or FindingState.BELOW)
        if given["from"]:
            findings = findings.filter(ends__gt=midnight(given["from"]))
        if given["until"]:
            findings = findings.filter(begins__lt=midnight(given["until"] + timedelta(days=1)))
        kept = {name: given[name] for name in ("detector", "family", "partner") if given[name]}
        return findings.filter(**kept)


@dataclass(frozen=True, slots=True)
class FindingPage:
    """At most fifty findings, the newest first, and whether there are more."""

    findings: tuple[Finding, ...]
    page: int
    more: bool


def finding_page(narrowed: FindingFilter, *, page: int) -> FindingPage:
    """Read one page; one query."""
    rows = list(narrowed.narrow(Finding.objects.all())[page * SIZE : (page + 1) * SIZE + 1])
    return FindingPage(tuple(rows[:SIZE]), page, more=len(rows) > SIZE)
