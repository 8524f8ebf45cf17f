"""Where a request asks more than it seems to need (GDPR art. 5(1)(c) and (e)): for who writes it, and who advises."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Sum
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.propose import own_versions
from compliance.authorisations.requests.vocabulary import RequestState, Rhythm, Section
from compliance.exchanges.vocabulary import Environment
from compliance.kernel.clock import BRUSSELS
from compliance.registry.models import DataCategory, Service
from compliance.reporting.authorisation_use.unused import MONTHS, unused_categories
from compliance.reporting.months import Month
from compliance.reporting.numbers import whole
from compliance.statistics.models import MonthCount

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from compliance.authorisations.requests.content import RequestContent

OPEN_TO_ALL = (RequestState.PUBLISHED, RequestState.IN_TEST, RequestState.IN_PRODUCTION)
"""Protocols that were published: what they say of retention is no secret of a partner's."""
FEWEST = {Rhythm.DAILY: 20, Rhythm.WEEKLY: 4}
"""Exchanges a month below which such a rhythm asks more often than there is something to ask."""
TIMES_MORE = 2


class Less(NamedTuple):
    """Where less would do: section and field, and a sentence that says why."""

    section: Section
    field: str
    words: str


def less_would_do(content: RequestContent, *, section: Section, at: datetime) -> list[Less]:
    """Return what a section could do without. Half a dozen queries at the most, and two for each own authorisation."""
    found = {Section.DATA: _data, Section.RHYTHM: _rhythm, Section.DURATION: _duration}.get(section)
    return [Less(section, field, words) for field, words in found(content, at)] if found else []


def _data(content: RequestContent, at: datetime) -> Iterator[tuple[str, str]]:
    names = {one.code: one for one in DataCategory.objects.filter(code__in=content.categories)}
    place = {wanted.category: position for position, wanted in enumerate(content.data.categories)}
    delivered = _delivered(content)
    unused = _unused(content, at)
    if unused:
        told = ngettext(
            "%(count)s of your %(all)s categories was not used in the last twelve months. Do you still need it?",
            "%(count)s of your %(all)s categories were not used in the last twelve months. Do you still need them?",
            len(unused),
        )
        yield "categories", told % {"count": len(unused), "all": len(content.categories)}
    for code in content.categories:
        field, name = f"categories/{place[code]}/why", names[code].name if code in names else code
        if code in names and names[code].special_category:
            yield (
                field,
                _("%(category)s is a special category (GDPR art. 9): it needs a ground of art. 9(2) as well.")
                % {"category": name},
            )
        if content.data.services and code not in delivered:
            yield field, _("None of the services that you chose delivers %(category)s.") % {"category": name}
        if code in unused:
            yield field, _("You did not use %(category)s in the last twelve months.") % {"category": name}


def _delivered(content: RequestContent) -> frozenset[str]:
    """Return what the chosen services deliver. Two queries."""
    chosen = set(content.data.services)
    rows = Service.objects.filter(code__in={one.partition("/")[0] for one in chosen}).prefetch_related("categories")
    return frozenset(
        category.code
        for one in rows
        if one.code in chosen or f"{one.code}/{one.version}" in chosen
        for category in one.categories.all()
    )


def _unused(content: RequestContent, at: datetime) -> frozenset[str]:
    """Return what own authorisations name and nobody used; where nothing was exchanged, nothing can be said."""
    partner, asked = content.parties.recipient, set(content.categories)
    used: set[str] = set()
    idle: set[str] = set()
    for version in own_versions(partner, at=at):
        named = asked & set(version.categories)
        found = unused_categories(authorisation=version.authorisation.code, partner=partner, at=at) if named else None
        if found is not None and found.exchanges:
            idle |= named & set(found.categories)
            used |= named - set(found.categories)
    return frozenset(idle - used)


def _rhythm(content: RequestContent, at: datetime) -> Iterator[tuple[str, str]]:
    month = Month.of(at.astimezone(BRUSSELS).date())
    counts = MonthCount.objects.filter(
        partner=content.parties.recipient,
        environment=Environment.PRODUCTION,
        month__gte=month.plus(-MONTHS).first_day,
        month__lt=month.first_day,
    )
    by_month = [row["sum"] for row in counts.values("month").annotate(sum=Sum("count")).order_by("month")]
    busiest, expected, rhythm = max(by_month, default=0), content.rhythm.expected_per_month, content.rhythm.rhythm
    if busiest and rhythm in FEWEST and busiest < FEWEST[rhythm]:
        told = _("You had %(count)s exchanges in your busiest month of the last twelve. Is less often enough?")
        yield "rhythm", told % {"count": _figure(busiest)}
    if busiest and expected and expected > TIMES_MORE * busiest:
        told = _("You expect %(expected)s exchanges a month; the busiest of the last twelve months had %(count)s.")
        yield "expected_per_month", told % {"expected": _figure(expected), "count": _figure(busiest)}


def _duration(content: RequestContent, _at: datetime) -> Iterator[tuple[str, str]]:
    """Compare with published protocols for the same purposes. One query."""
    months, purposes = content.duration.retention_months, set(content.purposes.purposes)
    if months is None or not purposes:
        return
    published = AuthorisationRequest.objects.filter(state__in=OPEN_TO_ALL)
    others = sorted(
        said.duration.retention_months
        for said in (one.said for one in published)
        if said.duration.retention_months is not None and purposes & set(said.purposes.purposes)
    )
    if others and months > others[-1]:
        told = _("Protocols for the same purpose keep the data at most %(most)s months; you ask %(months)s.")
        yield "retention_months", told % {"most": others[-1], "months": months}


def _figure(value: int) -> str:
    return whole(value, get_language() or "nl")
