"""What an authorisation allows against what was done under it, in words: three lists, and what would be enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.console.exchange_filter import NOT_COVERED
from compliance.console.presenters import words
from compliance.console.presenters.authorisation_list import title_of
from compliance.console.presenters.badge import Badge
from compliance.console.presenters.exchange_sentences import tell
from compliance.console.presenters.names import verdict_words
from compliance.console.presenters.periods import quarter_words
from compliance.console.presenters.use_amendment import PresentedAmendment, present_amendment
from compliance.console.presenters.use_areas import AREAS, name_of, thing_beyond
from compliance.console.presenters.use_trend import PresentedTrend, present_trend
from compliance.console.presenters.week import clocks, hours_of_week, weekdays
from compliance.exchanges.vocabulary import Environment
from compliance.registry.keeper import keeper
from compliance.reporting.authorisation_use.compare import Area

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from compliance.authorisations.models import Authorisation
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names
    from compliance.reporting.authorisation_use.compare import Beyond, Thing
    from compliance.reporting.authorisation_use.comparison import UseOfVersion


@dataclass(frozen=True, slots=True)
class UseRow:
    """One thing that is allowed: how often it was used (data: asked, and ``given``), and when first and last."""

    what: str
    area: str
    count: str
    given: str
    when: str


@dataclass(frozen=True, slots=True)
class BeyondRow:
    """One reason why exchanges were not covered."""

    reason: Badge
    what: str
    count: str
    when: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A quarter, version or partner to choose."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PresentedUse:
    """What the template needs."""

    code: str
    title: str
    back: str
    version: str
    version_address: str
    quarter: str
    quarters: tuple[Choice, ...]
    versions: tuple[Choice, ...]
    partners: tuple[Choice, ...]
    summary: tuple[SafeString, ...]
    used: tuple[UseRow, ...]
    unused: tuple[UseRow, ...]
    beyond: tuple[BeyondRow, ...]
    beyond_address: str
    trend: PresentedTrend
    amendment: PresentedAmendment


def present_use(
    *,
    use: UseOfVersion,
    authorisation: Authorisation,
    names: Names,
    door: Door,
    partner: str,
    locked: bool,
    may_amend: bool,
) -> PresentedUse:
    """Put the use of a version in a quarter into words; ``locked`` when the reader may see one partner only."""
    period = quarter_words(use.quarter)
    return PresentedUse(
        code=authorisation.code,
        title=title_of(authorisation),
        back=door.address("authorisations"),
        version=str(use.terms.number),
        version_address=door.address("authorisation", authorisation.code, use.terms.number),
        quarter=period,
        quarters=tuple(Choice(str(one), quarter_words(one), one == use.quarter) for one in use.quarters),
        versions=tuple(
            Choice(str(one), _("Version %(number)s") % {"number": one}, one == use.terms.number)
            for one in sorted({*use.spoke, use.terms.number})
        ),
        partners=() if locked else _partners(use, names, partner),
        summary=tuple(_summary(use, period)),
        used=tuple(_rows(use.comparison.used, names)),
        unused=tuple(_rows(use.comparison.unused, names)),
        beyond=tuple(
            BeyondRow(Badge(verdict_words(row.verdict), "bad"), _what(row, names), words.figure(row.count), _when(row))
            for row in use.comparison.beyond
        ),
        beyond_address=_outside_address(use, door, partner, locked=locked),
        trend=present_trend(use.trend),
        amendment=present_amendment(use=use, names=names, door=door, offered=may_amend, locked=locked),
    )


def _partners(use: UseOfVersion, names: Names, partner: str) -> tuple[Choice, ...]:
    """Return the partners to choose from, when there are several."""
    codes = sorted({*(one.partner for one in use.partners), *use.terms.recipients, *filter(None, [partner])})
    if len(codes) <= 1:
        return ()
    return tuple(Choice(code, names.organisation(code), code == partner) for code in codes)


def _summary(use: UseOfVersion, period: str) -> Iterable[SafeString]:
    found = use.comparison
    if not found.exchanges:
        yield tell(_("No exchange in production was judged by this version in the {period}."), period=period)
    else:
        sentence = ngettext(
            "In the {period} {count} exchange in production was judged by this version: {covered} covered, "
            "{outside} not.",
            "In the {period} {count} exchanges in production were judged by this version: {covered} covered, "
            "{outside} not.",
            found.exchanges,
        )
        figures = {"count": found.exchanges, "covered": found.covered, "outside": found.outside}
        yield tell(sentence, period=period, **{name: words.figure(value) for name, value in figures.items()})
        categories = [thing for thing in (*found.used, *found.unused) if thing.area is Area.CATEGORIES]
        used = [thing for thing in found.used if thing.area is Area.CATEGORIES]
        yield tell(
            _("Data categories that were used: {used} of {named}."),
            named=words.figure(len(categories)),
            used=words.figure(len(used)),
        )
    for environment, count in use.tried.items():
        label = str(Environment(environment).label) if environment in Environment.values else environment
        sentence = ngettext(
            "Besides, {count} exchange in {environment}. That is no use, and stands in no list here.",
            "Besides, {count} exchanges in {environment}. Those are no use, and stand in no list here.",
            count,
        )
        yield tell(sentence, count=words.figure(count), environment=label)


def _rows(things: Iterable[Thing], names: Names) -> Iterable[UseRow]:
    """Yield a row for each thing; days of the week and hours of the clock make one row each."""
    things = tuple(things)
    for thing in things:
        if thing.area not in {Area.WEEKDAYS, Area.CLOCK}:
            given = "" if thing.delivered is None else _("given: %(count)s") % {"count": words.figure(thing.delivered)}
            what, count = name_of(thing.area, thing.code, names), words.figure(thing.count)
            yield UseRow(what, str(AREAS[thing.area]), count, given, _when(thing))
    for area, told in ((Area.WEEKDAYS, weekdays), (Area.CLOCK, clocks)):
        chosen = [thing for thing in things if thing.area is area]
        if chosen:
            total = sum(thing.count for thing in chosen)
            yield UseRow(told([one.code for one in chosen]), str(AREAS[area]), words.figure(total), "", "")


def _when(thing: Thing | Beyond) -> str:
    if thing.first is None or thing.last is None:
        return _("never")
    if thing.first == thing.last:
        return words.month(thing.first)
    return _("%(first)s to %(last)s") % {"first": words.month(thing.first), "last": words.month(thing.last)}


def _outside_address(use: UseOfVersion, door: Door, partner: str, *, locked: bool) -> str:
    """Return the list of the quarter's exchanges without cover; of one partner, where the version names only one."""
    if not locked and not partner and len(use.terms.recipients) == 1:
        (recipient,) = use.terms.recipients
        partner = recipient if recipient != keeper() else use.terms.provider
    query = {"from": use.quarter.first_day.isoformat(), "until": (use.quarter.end - timedelta(days=1)).isoformat()}
    if partner and not locked:
        query["partner"] = partner
    return door.address("exchanges", query={**query, "verdict": NOT_COVERED})


def _what(row: Beyond, names: Names) -> str:
    told = thing_beyond(row.verdict, row.code, names)
    if row.hours:
        return _("%(what)s: %(hours)s") % {"what": told, "hours": words.enumeration(hours_of_week(row.hours))}
    return told
