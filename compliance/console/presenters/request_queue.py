"""The requests in words, by whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.authorisations.requests.awaited import awaited
from compliance.authorisations.requests.parties import parties_of
from compliance.authorisations.requests.vocabulary import RequestKind
from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge
from compliance.console.presenters.request_acts import act_words
from compliance.console.presenters.request_words import (
    awaited_words,
    partner_of,
    present_state,
    since_words,
    title_of_request,
)
from compliance.console.request_acts import SLUGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.authorisations.requests.deadlines import Span
    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names
    from compliance.console.request_queue import Queue


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request in a list."""

    address: str
    code: str
    title: str
    partner: str
    kind: str
    state: Badge
    since: str
    waits: str
    due: Badge | None


@dataclass(frozen=True, slots=True)
class RequestGroup:
    """The requests of which it is somebody's turn."""

    key: str
    heading: str
    count: str
    rows: tuple[RequestRow, ...]
    nothing: str
    more: str = ""


def present_queue(
    queue: Queue, account: Account, *, at: datetime, names: Names, door: Door
) -> tuple[RequestGroup, ...]:
    """Put the groups into words."""
    older = _("Older ones are not shown: narrow the list to find them.") if queue.more_at_rest else ""
    groups = (
        ("mine", _("Waits for you"), queue.mine, _("Nothing waits for you."), ""),
        ("others", _("Waits for others"), queue.others, _("Nothing waits for others."), ""),
        ("at-rest", _("In use, or ended"), queue.at_rest, _("Nothing yet."), older),
    )
    return tuple(
        RequestGroup(
            key,
            heading,
            words.figure(len(requests)),
            present_rows(requests, account=account, terms=queue.terms, at=at, names=names, door=door),
            nothing,
            more,
        )
        for key, heading, requests, nothing, more in groups
    )


def present_rows(
    requests: Iterable[AuthorisationRequest],
    *,
    account: Account,
    terms: Mapping[int, Span],
    at: datetime,
    names: Names,
    door: Door,
) -> tuple[RequestRow, ...]:
    """Put requests that were read with their steps into rows."""
    return tuple(
        RequestRow(
            address=door.address("request", one.code),
            code=one.code,
            title=title_of_request(one),
            partner=partner_of(one, names),
            kind=words.sentence(str(RequestKind(one.kind).label)),
            state=present_state(one),
            since=since_words(one),
            waits=_waits(one, account, names),
            due=present_due(terms[one.pk], at) if one.pk in terms else None,
        )
        for one in requests
    )


def _waits(request: AuthorisationRequest, account: Account, names: Names) -> str:
    """Say what is asked of the reader; when nothing is, for what it waits."""
    parties, waiting = parties_of(account, request), awaited(request)
    mine = [one.act for one in waiting if one.by & parties and account.username not in one.but_not]
    if mine:
        return " · ".join(act_words(act, request)[0] for act in dict.fromkeys(mine) if act in SLUGS)
    return words.sentence(words.enumeration([awaited_words(one, request, names) for one in waiting]))


def present_due(term: Span, at: datetime) -> Badge:
    """Say when a term ends, and whether that is near or past."""
    day = words.day(words.local_day(term.due_at))
    if at > term.due_at:
        return Badge(_("late: %(day)s") % {"day": day}, "bad")
    if at >= term.near_at:
        return Badge(_("soon: %(day)s") % {"day": day}, "care")
    return Badge(day, "calm")
