"""Requests that wait, in words: whose they are, what they wait for, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.authorisations.requests.address import address_for
from compliance.authorisations.requests.attention import waiting_requests
from compliance.authorisations.requests.vocabulary import RequestState
from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.authorisations.requests.attention import Waiting
    from compliance.console.presenters.names import Names


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One request that waits."""

    address: str
    title: str
    organisation: str
    state: str
    due: Badge


@dataclass(frozen=True, slots=True)
class PresentedWaiting:
    """What waits for the reader, and what is late elsewhere."""

    own: tuple[WaitingRow, ...]
    late_elsewhere: tuple[WaitingRow, ...]


def present_waiting(account: Account, *, names: Names, at: datetime) -> PresentedWaiting:
    """Put what waits into words."""
    found = waiting_requests(account, at=at)
    return PresentedWaiting(
        own=_rows(found.own, account, names), late_elsewhere=_rows(found.late_elsewhere, account, names)
    )


def _rows(waiting: Iterable[Waiting], account: Account, names: Names) -> tuple[WaitingRow, ...]:
    return tuple(
        WaitingRow(
            address=address_for(account, one.request.code),
            title=one.request.said.parties.title or one.request.code,
            organisation=names.organisation(one.request.organisation.code),
            state=words.sentence(str(RequestState(one.request.state).label)),
            due=_due(one),
        )
        for one in waiting
    )


def _due(waiting: Waiting) -> Badge:
    day = words.day(words.local_day(waiting.due_at))
    if waiting.is_late:
        return Badge(_("late since %(day)s") % {"day": day}, "bad")
    return Badge(_("by %(day)s") % {"day": day}, "open")
