"""Which requests wait for somebody, and which are late elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.authorisations.requests.awaited import waits_for
from compliance.authorisations.requests.deadlines import spans
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.with_steps import with_steps

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.authorisations.requests.deadlines import Span


@dataclass(frozen=True, slots=True)
class WaitingRequests:
    """What waits for the person, and what is late and waits for others, by when it is due; the terms of both by key."""

    own: tuple[AuthorisationRequest, ...]
    late_elsewhere: tuple[AuthorisationRequest, ...]
    terms: Mapping[int, Span]


def waiting_requests(account: Account, *, at: datetime) -> WaitingRequests:
    """Return what waits, of what the person may see. Six queries, however many there are."""
    found = list(with_steps(AuthorisationRequest.objects.visible_to(account).open()))
    terms = spans(found)
    waiting = sorted(found, key=lambda one: terms[one.pk].due_at)
    own = {one.pk for one in waiting if waits_for(one, account)}
    return WaitingRequests(
        own=tuple(one for one in waiting if one.pk in own),
        late_elsewhere=tuple(one for one in waiting if one.pk not in own and at > terms[one.pk].due_at),
        terms=terms,
    )
