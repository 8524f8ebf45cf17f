"""One version of an instrument beside its use in a quarter, the quarters before it, and what would have been enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from compliance.authorisations.snapshot import current_snapshot
from compliance.kernel.clock import BRUSSELS, from_microseconds, microseconds
from compliance.kernel.errors import NotFoundError
from compliance.reporting.authorisation_use.compare import Comparison, compare
from compliance.reporting.authorisation_use.narrowest import narrowest, widened
from compliance.reporting.authorisation_use.quarter import Quarter
from compliance.reporting.authorisation_use.read_use import OfPartner, Told, partners_of, quarters_of, tried, uses_of

if TYPE_CHECKING:
    from datetime import date

    from compliance.authorisations.terms import Terms
    from compliance.reporting.authorisation_use.use import Use

SHOWN = 8  # quarters in the trend


@dataclass(frozen=True, slots=True)
class UseOfVersion:
    """All that the page says about one version (``terms``) in one quarter.

    ``enough`` is what would have covered the exchanges of the twelve months until the quarter's end (``year``);
    ``more`` adds what went beyond in the quarter. ``quarters`` are all that can be asked for, newest first; ``trend``
    those up to this one, oldest first. ``spoke`` are the numbers of the versions that spoke in the quarter.
    """

    terms: Terms
    quarter: Quarter
    uses: tuple[Use, ...]
    comparison: Comparison
    enough: Terms
    more: Terms
    year: Comparison
    trend: tuple[tuple[Quarter, Told], ...]
    quarters: tuple[Quarter, ...]
    spoke: tuple[int, ...]
    is_newest: bool
    partners: tuple[OfPartner, ...]
    tried: dict[str, int]

    def changed(self, *, leave_out: bool, add: bool) -> Terms:
        """Return the version without what was not used in the year, or with what went beyond it in the quarter."""
        terms = self.enough if leave_out else self.terms
        return widened(terms, self.uses) if add else terms


def use_of_version(
    *, authorisation: str, at: datetime, quarter: Quarter | None = None, number: int | None = None, partner: str = ""
) -> UseOfVersion:
    """Gather it; five queries. Without a quarter the newest one with exchanges, or that of ``at``.

    Without a number the version that spoke at the quarter's end. ``partner`` limits everything to one, and to the
    versions that name it. Raises :class:`NotFoundError` when there is no such version.
    """
    versions = [
        terms
        for terms in current_snapshot().terms
        if terms.authorisation == authorisation and (not partner or partner in {terms.provider, *terms.recipients})
    ]
    if not versions:
        raise NotFoundError
    references = [terms.reference for terms in versions]
    by_quarter = quarters_of(versions=references, partner=partner)
    today = Quarter.of(at.astimezone(BRUSSELS).date())
    quarter = quarter or max(by_quarter, default=today)
    terms = _chosen(versions, quarter, number)
    start, end = quarter.first_day, quarter.end
    uses = uses_of(versions=references, judged_by=[terms.reference], start=start, end=end, partner=partner)
    of_year = uses_of(versions=references, judged_by=references, start=quarter.year_until_end, end=end, partner=partner)
    enough = narrowest(terms, of_year)
    return UseOfVersion(
        terms=terms,
        quarter=quarter,
        uses=uses,
        comparison=compare(terms, uses),
        enough=enough,
        more=widened(terms, uses),
        year=compare(terms, of_year),
        trend=_trend(by_quarter, quarter),
        quarters=_quarters(versions, by_quarter, today),
        spoke=tuple(one.number for one in versions if _spoke(one, versions, quarter)),
        is_newest=terms == max(versions, key=lambda one: one.number),
        partners=partners_of(versions=references, start=start, end=end) if not partner else (),
        tried=tried(versions=references, start=start, end=end, partner=partner),
    )


def _chosen(versions: list[Terms], quarter: Quarter, number: int | None) -> Terms:
    if number is not None:
        chosen = next((terms for terms in versions if terms.number == number), None)
        if chosen is None:
            raise NotFoundError
        return chosen
    begun = [terms for terms in versions if terms.valid_from < _midnight(quarter.end)]
    return max(begun, key=lambda terms: terms.number, default=versions[0])


def _spoke(terms: Terms, versions: list[Terms], quarter: Quarter) -> bool:
    """Tell whether a version spoke at some moment of a quarter: it ends where a newer one begins."""
    newer = [other.valid_from for other in versions if other.number > terms.number]
    ends = [end for end in (terms.valid_until, terms.withdrawn_from, *newer) if end is not None]
    start, end = _midnight(quarter.first_day), _midnight(quarter.end)
    return terms.valid_from < end and all(start < one for one in ends)


def _trend(by_quarter: dict[Quarter, Told], quarter: Quarter) -> tuple[tuple[Quarter, Told], ...]:
    """Return the quarters up to this one, without those before the first exchange."""
    first = min(by_quarter, default=quarter)
    shown = [quarter.plus(-back) for back in reversed(range(SHOWN))]
    return tuple((one, by_quarter.get(one, Told(0, 0))) for one in shown if one >= first)


def _quarters(versions: list[Terms], by_quarter: dict[Quarter, Told], today: Quarter) -> tuple[Quarter, ...]:
    """Return the quarters to choose from: since the first version began, until today or the instrument's end."""
    begun = from_microseconds(min(terms.valid_from for terms in versions)).astimezone(BRUSSELS).date()
    last = versions[-1]
    ends = [end for end in (last.valid_until, last.withdrawn_from) if end is not None]
    ended = [from_microseconds(end).astimezone(BRUSSELS) - timedelta(microseconds=1) for end in ends]
    until = min([today, *(Quarter.of(moment.date()) for moment in ended)])
    first = min([Quarter.of(begun), *by_quarter])
    quarter, found = max([until, first, *by_quarter]), []
    while quarter >= first:
        found.append(quarter)
        quarter = quarter.plus(-1)
    return tuple(found)


def _midnight(day: date) -> int:
    return microseconds(datetime.combine(day, time(), BRUSSELS))
