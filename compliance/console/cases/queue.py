"""The queue: which cases, in which order, narrowed as the address says. Reading it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.cases.models import Case
from compliance.cases.vocabulary import CaseState, Outcome
from compliance.console.days import midnight
from compliance.console.offer_choices import offer_choices
from compliance.console.presenters import words
from compliance.console.presenters.cases.words import FAMILY_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.cases.queries import CaseQuerySet
    from compliance.console.presenters.names import Names

SIZE = 25
_DIGITS = 7


class Tab(StrEnum):
    """What part of the queue is shown."""

    NEW = "new"
    MINE = "mine"
    SECOND = "second"
    PARTNER = "partner"
    DUE = "due"
    OPEN = "open"
    DECIDED = "decided"


class CaseFilter(forms.Form):
    """What the queue is narrowed to."""

    text = forms.CharField(
        label=gettext_lazy("Code"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "input", "spellcheck": "false", "data-search": ""}),
    )
    of = forms.ChoiceField(label=gettext_lazy("Partner"), required=False, widget=forms.Select(attrs={"class": "input"}))
    family = forms.ChoiceField(
        label=gettext_lazy("About"), required=False, widget=forms.Select(attrs={"class": "input"})
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"), required=False, widget=forms.Select(attrs={"class": "input"})
    )

    def __init__(self, address: Any, *, names: Names, partners: list[str]) -> None:
        """Read the query of an address; offer the partners that have a case."""
        super().__init__(address, auto_id="filter-%s")
        every = ("", _("all"))
        offer_choices(self, "of", [every, *((code, names.organisation(code)) for code in partners)])
        offer_choices(self, "family", [every, *((family.value, str(told)) for family, told in FAMILY_WORDS.items())])
        offer_choices(self, "outcome", [every, *Outcome.choices])

    @property
    def query(self) -> dict[str, str]:
        """The fields that narrow, as an address has them."""
        self.is_valid()
        return {name: str(value).strip() for name, value in self.cleaned_data.items() if value}

    def narrow(self, cases: CaseQuerySet) -> CaseQuerySet:
        """Keep what the fields keep; a form with errors keeps nothing."""
        if not self.is_valid():
            return cases.none()
        given = self.query
        kept = {"code__icontains": "text", "partner": "of", "family": "family", "outcome": "outcome"}
        return cases.filter(**{column: given[name] for column, name in kept.items() if name in given})


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue, how many each tab has, and the newest case that there was when it was read."""

    tab: Tab
    cases: tuple[Case, ...]
    counts: Mapping[Tab, int]
    page: int
    more: bool
    newest: int


def visible_cases(account: Account) -> CaseQuerySet:
    """Return the cases that this person may see."""
    found: CaseQuerySet = Case.objects.visible_to(account)
    return found


def tab_in(address: Mapping[str, str]) -> Tab:
    """Read which tab is asked for."""
    asked = address.get("tab", "")
    return Tab(asked) if asked in list(Tab) else Tab.NEW


def page_in(address: Mapping[str, str]) -> int:
    """Read which page is asked for; what cannot be read is the first."""
    asked = address.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < _DIGITS else 0


def end_of_day(at: datetime) -> datetime:
    """Return when this day ends in Brussels: what is due before is due today."""
    return midnight(words.local_day(at) + timedelta(days=1))


def of_tab(cases: CaseQuerySet, tab: Tab, account: Account, at: datetime) -> CaseQuerySet:
    """Keep the cases of a tab, in its order: by risk; what is due by when, what is decided the newest first."""
    kept = {
        Tab.NEW: lambda: cases.new().by_risk(),
        Tab.MINE: lambda: cases.mine(account).by_risk(),
        Tab.SECOND: lambda: cases.waiting_for_second(account).by_risk(),
        Tab.PARTNER: lambda: cases.waiting_for_partner().by_risk(),
        Tab.DUE: lambda: cases.due(end_of_day(at)).order_by("due_at", "-severity"),
        Tab.OPEN: lambda: cases.open().by_risk(),
        Tab.DECIDED: lambda: cases.decided().order_by("-decided_at", "-id"),
    }
    return kept[tab]()


def read_queue(
    cases: CaseQuerySet, *, tab: Tab, narrowed: CaseFilter, account: Account, at: datetime, page: int
) -> Queue:
    """Read a page; four queries, however many cases there are."""
    kept = narrowed.narrow(cases)
    rows = list(
        of_tab(kept, tab, account, at)
        .select_related("assignee")
        .prefetch_related("findings")[page * SIZE : (page + 1) * SIZE + 1]
    )
    return Queue(
        tab=tab,
        cases=tuple(rows[:SIZE]),
        counts=count_tabs(kept, account, at),
        page=page,
        more=len(rows) > SIZE,
        newest=newest_case(cases),
    )


def newest_case(cases: CaseQuerySet) -> int:
    """Return the number of the newest case."""
    return cases.order_by("-id").values_list("id", flat=True).first() or 0


def partners_with_cases(cases: CaseQuerySet) -> list[str]:
    """Return the partners that have a case."""
    found = cases.exclude(partner="").order_by("partner").values_list("partner", flat=True)
    return list(found.distinct())


def count_tabs(cases: CaseQuerySet, account: Account, at: datetime) -> dict[Tab, int]:
    """Count the cases of each tab; two queries."""
    is_open = ~Q(state=CaseState.DECIDED)
    counted = cases.order_by().aggregate(
        new=Count("id", filter=Q(state=CaseState.NEW)),
        mine=Count("id", filter=is_open & Q(assignee=account)),
        partner=Count("id", filter=Q(state=CaseState.WAITING_PARTNER)),
        due=Count("id", filter=is_open & Q(due_at__lte=end_of_day(at))),
        open=Count("id", filter=is_open),
        decided=Count("id", filter=~is_open),
    )
    counts = {Tab(name): int(count) for name, count in counted.items()}
    return {**counts, Tab.SECOND: cases.waiting_for_second(account).count()}
