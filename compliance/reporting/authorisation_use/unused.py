"""Which categories a partner did not use in twelve months, for whoever asks for an authorisation anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance.authorisations.snapshot import current_snapshot
from compliance.kernel.clock import BRUSSELS, from_microseconds, microseconds
from compliance.kernel.errors import NotFoundError
from compliance.reporting.authorisation_use.compare import Area, compare
from compliance.reporting.authorisation_use.read_use import uses_of
from compliance.reporting.months import Month

if TYPE_CHECKING:
    from datetime import date, datetime

MONTHS = 12


class Unused(NamedTuple):
    """The categories (codes, sorted) that no covered exchange in production asked for or got, and of how many.

    ``since`` is the first day looked at: that of the month twelve months back, or when the authorisation first named
    the partner. ``exchanges`` is how many were covered since; where there are none, nothing can be said.
    """

    categories: tuple[str, ...]
    named: int
    exchanges: int
    since: date


def unused_categories(*, authorisation: str, partner: str, at: datetime) -> Unused:
    """Return what the version that speaks at a moment names and the partner did not use. Two queries at the most.

    Raises :class:`NotFoundError` when the instrument does not name the partner.
    """
    versions = [
        terms
        for terms in current_snapshot().terms
        if terms.authorisation == authorisation and partner in {terms.provider, *terms.recipients}
    ]
    if not versions:
        raise NotFoundError
    begun = [terms for terms in versions if terms.valid_from <= microseconds(at)]
    terms = max(begun, key=lambda version: version.number, default=versions[0])
    month = Month.of(at.astimezone(BRUSSELS).date())
    start = month.plus(-MONTHS).first_day
    named_from = from_microseconds(min(version.valid_from for version in versions)).astimezone(BRUSSELS).date()
    references = [version.reference for version in versions]
    end = month.plus(1).first_day
    uses = uses_of(versions=references, judged_by=references, start=start, end=end, partner=partner)
    found = compare(terms, uses)
    return Unused(
        categories=tuple(thing.code for thing in found.unused if thing.area is Area.CATEGORIES),
        named=len(terms.categories),
        exchanges=found.covered,
        since=max(start, named_from),
    )
