"""Begin a request: empty, from a general authorisation, or from one that stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from compliance.access.roles import Capability
from compliance.authorisations.requests.content import RequestContent, as_json
from compliance.authorisations.requests.generals import standing_generals
from compliance.authorisations.requests.instrument import needed_for
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.move import move
from compliance.authorisations.requests.propose import proposed
from compliance.authorisations.requests.vocabulary import RequestAct, RequestKind, RequestState
from compliance.authorisations.standing import speaking_version
from compliance.kernel.clock import BRUSSELS, now
from compliance.kernel.errors import ConflictError, ForbiddenError, NotFoundError

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.authorisations.models import Authorisation
    from compliance.registry.models import Organisation


class SharedAuthorisationError(ConflictError):
    """What names several organisations is not changed by the request of one of them."""

    problem_type = "shared-authorisation"
    title = (
        "This authorisation names several organisations, so one of them cannot amend it. "
        "Ask for a protocol of your own that holds only what you use."
    )


@transaction.atomic
def draft_request(
    *,
    account: Account,
    kind: RequestKind = RequestKind.NEW,
    authorisation: Authorisation | None = None,
    content: RequestContent | None = None,
) -> AuthorisationRequest:
    """Make a draft for the organisation of whoever asks. One transaction.

    Without ``content`` it holds what the register proposes; with ``authorisation`` what that allows. An accession
    takes a general authorisation that stands; an amendment or a renewal one that names the organisation as recipient,
    else :class:`NotFoundError`. Raises :class:`SharedAuthorisationError` for one that names others too, and
    :class:`ForbiddenError` for somebody who may make none.
    """
    organisation = account.organisation
    if organisation is None or not account.may(Capability.MAKE_REQUESTS):
        raise ForbiddenError
    at = now()
    if kind in {RequestKind.AMENDMENT, RequestKind.RENEWAL}:
        _require_own(authorisation, organisation.code, at)
    if kind is RequestKind.ACCESSION:
        _require_general(authorisation, at)
    said = content or proposed(organisation=organisation, kind=kind, authorisation=authorisation, at=at)
    return begin(account=account, organisation=organisation, kind=kind, authorisation=authorisation, said=said, at=at)


def begin(
    *,
    account: Account,
    organisation: Organisation,
    kind: RequestKind,
    authorisation: Authorisation | None,
    said: RequestContent,
    at: datetime,
) -> AuthorisationRequest:
    """Write down a draft of an organisation. In the caller's transaction, who has seen to it that the person may."""
    number = _next_number()
    request = AuthorisationRequest(
        id=number,
        code=f"AANVR-{at.astimezone(BRUSSELS):%Y}-{number:04}",
        organisation=organisation,
        kind=kind,
        authorisation=authorisation,
        needed=needed_for(said, kind=kind).needed,
        state_since=at,
        content=as_json(said),
        made_by=account,
        made_at=at,
        changed_at=at,
    )
    request.save(force_insert=True)
    move(request, act=RequestAct.DRAFT, to=RequestState.DRAFT, actor=account.actor, at=at)
    return request


def _require_own(authorisation: Authorisation | None, code: str, at: datetime) -> None:
    version = None if authorisation is None else speaking_version(authorisation.pk, at=at)
    if version is None or code not in version.recipients:
        raise NotFoundError
    if len(version.recipients) > 1:
        raise SharedAuthorisationError


def _require_general(authorisation: Authorisation | None, at: datetime) -> None:
    if authorisation not in [version.authorisation for version in standing_generals(at=at)]:
        raise NotFoundError


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [AuthorisationRequest._meta.db_table])
        return int(cursor.fetchone()[0])
