"""Requests with all that tells whose turn it is, for lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch

from compliance.authorisations.requests.models import RequestAdvice, RequestEvent

if TYPE_CHECKING:
    from compliance.authorisations.requests.queries import RequestQuerySet


def with_steps(requests: RequestQuerySet) -> RequestQuerySet:
    """Read along advice, signatures and steps, without the texts that they are about. Four queries for all."""
    advice = RequestAdvice.objects.select_related("text").defer("text__content", "text__protocol")
    steps = RequestEvent.objects.defer("remark")
    return requests.select_related("organisation", "authorisation", "granted", "made_by").prefetch_related(
        Prefetch("requestadvices", queryset=advice), "requestsignatures", Prefetch("requestevents", queryset=steps)
    )
