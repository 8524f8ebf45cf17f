"""Which requests wait for somebody, and which are late elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.authorisations.requests.awaited import waits_for
from compliance.authorisations.requests.deadlines import spans
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.with_steps import with_steps

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that waits, until when, and whether that has passed."""

    request: AuthorisationRequest
    due_at: datetime
    is_late: bool


@dataclass(frozen=True, slots=True)
class WaitingRequests:
    """What waits for the person, and what is late and waits for others; what is due first comes first."""

    own: tuple[Waiting, ...]
    late_elsewhere: tuple[Waiting, ...]


def waiting_requests(account: Account, *, at: datetime) -> WaitingRequests:
    """Return what waits, of what the person may see. Six queries, however many there are."""
    requests = list(with_steps(AuthorisationRequest.objects.visible_to(account).open()))
    terms = spans(requests)
    waiting = sorted(
        (Waiting(one, terms[one.pk].due_at, at > terms[one.pk].due_at) for one in requests), key=lambda one: one.due_at
    )
    own = {one.pk for one in requests if waits_for(one, account)}
    return WaitingRequests(
        own=tuple(one for one in waiting if one.request.pk in own),
        late_elsewhere=tuple(one for one in waiting if one.is_late and one.request.pk not in own),
    )
