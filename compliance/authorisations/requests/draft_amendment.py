"""Draft an amendment of an authorisation for the one organisation that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.access.roles import Capability
from compliance.authorisations.models import AuthorisationWithdrawal
from compliance.authorisations.requests.draft_request import SharedAuthorisationError, begin
from compliance.authorisations.requests.vocabulary import RequestKind
from compliance.authorisations.standing import speaking_version
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, ForbiddenError
from compliance.notices.audience import people_who
from compliance.notices.notify import notify
from compliance.notices.vocabulary import NoticeKind
from compliance.registry.keeper import keeper
from compliance.registry.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Collection

    from compliance.access.models import Account
    from compliance.authorisations.models import Authorisation
    from compliance.authorisations.requests.content import RequestContent
    from compliance.authorisations.requests.models import AuthorisationRequest


class WithdrawnAuthorisationError(ConflictError):
    """What was withdrawn is neither amended nor renewed."""

    problem_type = "withdrawn-authorisation"
    title = "This authorisation was withdrawn. Ask for a new one."


def may_amend(account: Account, *, recipients: Collection[str]) -> bool:
    """Tell whether a person could draft an amendment of what names these recipients: their requester, or an officer."""
    if len(recipients) != 1 or keeper() in recipients:
        return False
    if account.may(Capability.MAKE_REQUESTS):
        return account.organisation is not None and account.organisation.code in recipients
    return account.may(Capability.DECIDE_REQUESTS)


@transaction.atomic
def draft_amendment(*, authorisation: Authorisation, content: RequestContent, account: Account) -> AuthorisationRequest:
    """Make a draft amendment, or a renewal of what has ended, for the one organisation that gets the data.

    An officer proposes it: the draft is the organisation's to complete and submit, or to withdraw; its requesters are
    told; and this officer does not decide on it. One transaction. Raises :class:`SharedAuthorisationError`,
    :class:`WithdrawnAuthorisationError`, and :class:`ForbiddenError` for somebody who may draft none.
    """
    at = now()
    version = speaking_version(authorisation.pk, at=at)
    recipients = version.recipients if version else []
    if len(recipients) > 1:
        raise SharedAuthorisationError
    if version is None or not may_amend(account, recipients=recipients):
        raise ForbiddenError
    if AuthorisationWithdrawal.objects.filter(authorisation=authorisation, withdrawn_from__lte=at).exists():
        raise WithdrawnAuthorisationError
    organisation = Organisation.objects.get(code=recipients[0])
    has_ended = version.valid_until is not None and version.valid_until <= at
    request = begin(
        account=account,
        organisation=organisation,
        kind=RequestKind.RENEWAL if has_ended else RequestKind.AMENDMENT,
        authorisation=authorisation,
        said=content,
        at=at,
    )
    if account.organisation_id != organisation.pk:
        notify(
            recipients=people_who(Capability.MAKE_REQUESTS, organisation=organisation.code),
            kind=NoticeKind.AMENDMENT_PROPOSED,
            key=request.code,
            address=f"/portal/requests/{request.code}/",
            words={"code": request.code, "authorisation": authorisation.code, "title": content.parties.title},
        )
    return request
