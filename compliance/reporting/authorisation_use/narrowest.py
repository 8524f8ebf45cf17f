"""The least that would have been enough, and the least that would have covered what went beyond. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec

from compliance.authorisations.vocabulary import Verdict
from compliance.reporting.authorisation_use.compare import matches
from compliance.reporting.authorisation_use.hours import allowed_hours, narrowed_hours, widened_hours
from compliance.statistics.vocabulary import UseKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.authorisations.terms import Hours, Terms
    from compliance.reporting.authorisation_use.use import Use

_KINDS = {
    "services": {UseKind.SERVICE},
    "categories": {UseKind.REQUESTED, UseKind.DELIVERED},
    "purposes": {UseKind.PURPOSE},
    "legal_bases": {UseKind.LEGAL_BASIS},
    "routes": {UseKind.ROUTE},
}
_OUTSIDE = {
    "services": Verdict.SERVICE_OUTSIDE,
    "categories": Verdict.CATEGORY_OUTSIDE,
    "purposes": Verdict.PURPOSE_OUTSIDE,
    "legal_bases": Verdict.LEGAL_BASIS_NOT_NAMED,
    "routes": Verdict.ROUTE_OUTSIDE,
}


def narrowest(terms: Terms, uses: Iterable[Use]) -> Terms:
    """Return the version without what no covered exchange used.

    It would have covered each of those exchanges that the version covers. A list of which nothing was used stays as it
    is, since a version must name something. Nothing is limited that was not: hours stay open where they were, and
    parties, environments, ceilings and groups of users stay as they are.
    """
    used = [use for use in uses if use.is_covered and use.count > 0]
    lists: dict[str, Any] = {}
    for field, kinds in _KINDS.items():
        allowed: frozenset[str] = getattr(terms, field)
        codes = {use.code for use in used if use.kind in kinds}
        lists[field] = frozenset(code for code in allowed if any(matches(code, one) for one in codes)) or allowed
    hours = terms.conditions.hours
    if hours is not None:
        hours = narrowed_hours(hours, _within(hours, used))
    return replace(terms, **lists, conditions=msgspec.structs.replace(terms.conditions, hours=hours))


def widened(terms: Terms, uses: Iterable[Use]) -> Terms:
    """Return the version with what exchanges beyond it named: services, data, purposes, bases, routes and hours.

    It covers what nothing else stood in the way of: not a period, an environment, a ceiling or a group of users.
    """
    outside = [use for use in uses if not use.is_covered and use.count > 0]
    reasons = {use.code for use in outside if use.kind is UseKind.REASON}
    lists: dict[str, Any] = {
        field: getattr(terms, field)
        | {told.partition("/")[2] for told in reasons if told.partition("/")[0] == verdict and "/" in told}
        for field, verdict in _OUTSIDE.items()
    }
    hours = terms.conditions.hours
    if hours is not None and f"{Verdict.CONDITION_BROKEN}/hours" in reasons:
        hours = widened_hours(hours, (use.code for use in outside if use.kind is UseKind.HOUR))
    return replace(terms, **lists, conditions=msgspec.structs.replace(terms.conditions, hours=hours))


def _within(hours: Hours, used: Iterable[Use]) -> set[str]:
    """Return the used hours that the version allows; an older version may have allowed others."""
    return {use.code for use in used if use.kind is UseKind.HOUR} & allowed_hours(hours)
