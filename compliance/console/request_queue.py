"""The requests that somebody may see, by whose turn it is; narrowed as the address says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.authorisations.requests.awaited import waits_for
from compliance.authorisations.requests.deadlines import spans
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.queries import OPEN_STATES
from compliance.authorisations.requests.vocabulary import RequestKind, RequestState
from compliance.authorisations.requests.with_steps import with_steps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account
    from compliance.authorisations.requests.deadlines import Span
    from compliance.authorisations.requests.queries import RequestQuerySet
    from compliance.console.presenters.names import Names

MOST_AT_REST = 100
_SELECT = {"class": "input"}


class RequestFilter(forms.Form):
    """What the list is narrowed to."""

    text = forms.CharField(
        label=gettext_lazy("Code or title"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "input", "spellcheck": "false", "data-search": ""}),
    )
    partner = forms.ChoiceField(label=gettext_lazy("Partner"), required=False, widget=forms.Select(attrs=_SELECT))
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, widget=forms.Select(attrs=_SELECT))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False, widget=forms.Select(attrs=_SELECT))

    def __init__(self, address: Any, *, names: Names, partners: list[str]) -> None:
        """Read the query of an address; offer the partners that asked something."""
        super().__init__(address, auto_id="filter-%s")
        known = [(code, names.organisation(code)) for code in partners]
        states = [choice for choice in RequestState.choices if choice[0] != RequestState.DRAFT]
        for name, choices in (("partner", known), ("state", states), ("kind", RequestKind.choices)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("all")), *choices]

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return any(self[name].data for name in self.fields)

    def narrow(self, requests: RequestQuerySet) -> RequestQuerySet:
        """Keep what the fields keep; a form with errors keeps nothing."""
        if not self.is_valid():
            return requests.none()
        given = self.cleaned_data
        fields = {"organisation__code": given["partner"], "state": given["state"], "kind": given["kind"]}
        kept = requests.filter(**{name: value for name, value in fields.items() if value})
        if text := given["text"].strip():
            kept = kept.filter(Q(code__icontains=text) | Q(content__parties__title__icontains=text))
        return kept


@dataclass(frozen=True, slots=True)
class Queue:
    """Requests by whose turn it is, with the ends of their terms; those at rest are in use, or have ended."""

    mine: tuple[AuthorisationRequest, ...]
    others: tuple[AuthorisationRequest, ...]
    at_rest: tuple[AuthorisationRequest, ...]
    more_at_rest: bool
    terms: Mapping[int, Span]


def visible_requests(account: Account) -> RequestQuerySet:
    """Return what this person may see."""
    found: RequestQuerySet = AuthorisationRequest.objects.visible_to(account)
    return found


def queue(requests: RequestQuerySet, account: Account) -> Queue:
    """Return the requests in three groups, what is due first comes first. Ten queries, however many there are."""
    waiting = list(with_steps(requests.open()))
    terms = spans(waiting)
    waiting.sort(key=lambda one: terms[one.pk].due_at)
    resting = requests.exclude(state__in=(*OPEN_STATES, RequestState.DRAFT)).order_by("-state_since")
    at_rest = list(with_steps(resting)[: MOST_AT_REST + 1])
    mine = {one.pk for one in waiting if waits_for(one, account)}
    return Queue(
        mine=tuple(one for one in waiting if one.pk in mine),
        others=tuple(one for one in waiting if one.pk not in mine),
        at_rest=tuple(at_rest[:MOST_AT_REST]),
        more_at_rest=len(at_rest) > MOST_AT_REST,
        terms=terms,
    )
