"""Requests as the law of access reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from compliance.access.roles import Capability
from compliance.authorisations.requests.vocabulary import RequestAct, RequestState

if TYPE_CHECKING:
    from typing import Self

    from compliance.access.models import Account

OPEN_STATES = (
    RequestState.SUBMITTED,
    RequestState.ADVICE,
    RequestState.EXTERNAL,
    RequestState.READY,
    RequestState.RETURNED,
    RequestState.GRANTED,
    RequestState.SIGNED,
    RequestState.PUBLISHED,
    RequestState.IN_TEST,
)
"""Those in which somebody has to do something before the partner can exchange."""


class RequestQuerySet(models.QuerySet["AuthorisationRequest"]):  # type: ignore[name-defined]
    """Requests."""

    def visible_to(self, account: Account) -> Self:
        """Keep what a person may see: at the keeper all that was ever submitted, at a partner all of its own."""
        if account.may(Capability.SEE_ALL_REQUESTS):
            submitted = models.Q(requestevents__act=RequestAct.SUBMIT)
            return self.filter(models.Exists(self.model.objects.filter(submitted, pk=models.OuterRef("pk"))))
        if account.may(Capability.SEE_OWN_REQUESTS) and account.organisation_id is not None:
            return self.filter(organisation_id=account.organisation_id)
        return self.none()

    def of(self, organisation: str) -> Self:
        """Keep those of one organisation (code)."""
        return self.filter(organisation__code=organisation)

    def open(self) -> Self:
        """Keep those that wait for somebody."""
        return self.filter(state__in=OPEN_STATES)
