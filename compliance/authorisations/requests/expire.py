"""See that the term of what was granted has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.authorisations.requests.go_live import CLOCK
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.move import locked, move
from compliance.authorisations.requests.states import STANDING
from compliance.authorisations.requests.vocabulary import RequestAct, RequestState
from compliance.authorisations.standing import speaking_version

if TYPE_CHECKING:
    from datetime import datetime


def expire_ended(*, at: datetime) -> list[AuthorisationRequest]:
    """Move every request whose authorisation has ended by now; return those. One transaction each, safe to repeat."""
    standing = AuthorisationRequest.objects.filter(state__in=STANDING, granted__isnull=False)
    return [_expire(request, at) for request in standing if _has_ended(request, at)]


@transaction.atomic
def _expire(request: AuthorisationRequest, at: datetime) -> AuthorisationRequest:
    request = locked(request)
    if request.state in STANDING and _has_ended(request, at):
        move(request, act=RequestAct.EXPIRE, to=RequestState.EXPIRED, actor=CLOCK, at=at)
    return request


def _has_ended(request: AuthorisationRequest, at: datetime) -> bool:
    if request.granted_id is None:
        return False
    version = speaking_version(request.granted_id, at=at)
    return version is not None and version.valid_until is not None and version.valid_until <= at
