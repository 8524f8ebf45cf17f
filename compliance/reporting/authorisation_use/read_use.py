"""What was used under an instrument, read from the counts that follow the entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Max, Min, Q, Sum

from compliance.authorisations.vocabulary import Verdict
from compliance.exchanges.vocabulary import Environment
from compliance.reporting.authorisation_use.quarter import Quarter
from compliance.reporting.authorisation_use.use import Use
from compliance.statistics.models import VersionUse
from compliance.statistics.vocabulary import UseKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet


class Told(NamedTuple):
    """How many exchanges of a quarter were covered, and how many were not."""

    covered: int
    outside: int


class OfPartner(NamedTuple):
    """How many exchanges of a partner were judged by an instrument in a period."""

    partner: str
    exchanges: int


def uses_of(
    *, versions: Iterable[str], judged_by: Iterable[str], start: date, end: date, partner: str = ""
) -> tuple[Use, ...]:
    """Return what was used in production in the months from ``start`` until ``end`` (excluded). One query.

    ``versions`` (``CODE/number``) are all of the instrument, which say when a thing was first and last used;
    ``judged_by`` are those of which exchanges are counted; ``partner`` limits all of it to one.
    """
    in_period = Q(month__gte=start, month__lt=end, authorisation__in=tuple(judged_by))
    happened = Q(count__gt=0)
    rows = _production(versions, partner).values("kind", "code", "verdict").order_by("kind", "code", "verdict")
    rows = rows.annotate(
        total=Sum("count", filter=in_period, default=0),
        first=Min("month", filter=happened),
        last=Max("month", filter=happened),
    )
    return tuple(
        Use(UseKind(row["kind"]), row["code"], row["verdict"], row["total"], row["first"], row["last"])
        for row in rows
        if row["first"] is not None
    )


def quarters_of(*, versions: Iterable[str], partner: str = "") -> dict[Quarter, Told]:
    """Return the exchanges in production of every quarter that has any, oldest first. One query."""
    rows = _production(versions, partner).filter(kind=UseKind.EXCHANGE).values("month", "verdict").order_by("month")
    found: dict[Quarter, Told] = {}
    for row in rows.annotate(total=Sum("count")).exclude(total=0):
        quarter = Quarter.of(row["month"])
        covered, outside = found.get(quarter, Told(0, 0))
        if row["verdict"] == Verdict.COVERED:
            covered += row["total"]
        else:
            outside += row["total"]
        found[quarter] = Told(covered, outside)
    return found


def partners_of(*, versions: Iterable[str], start: date, end: date) -> tuple[OfPartner, ...]:
    """Return whose exchanges in production were judged by an instrument, most first. One query."""
    rows = _production(versions, "").filter(kind=UseKind.EXCHANGE, month__gte=start, month__lt=end)
    counted = rows.values("partner").annotate(total=Sum("count")).filter(total__gt=0).order_by("-total", "partner")
    return tuple(OfPartner(row["partner"], row["total"]) for row in counted)


def tried(*, versions: Iterable[str], start: date, end: date, partner: str = "") -> dict[str, int]:
    """Return the exchanges of a period outside production, by environment: they are no use. One query."""
    rows = VersionUse.objects.filter(authorisation__in=tuple(versions), kind=UseKind.EXCHANGE)
    rows = rows.filter(month__gte=start, month__lt=end).exclude(environment=Environment.PRODUCTION)
    if partner:
        rows = rows.filter(partner=partner)
    counted = rows.values("environment").annotate(total=Sum("count")).filter(total__gt=0).order_by("environment")
    return {row["environment"]: row["total"] for row in counted}


def _production(versions: Iterable[str], partner: str) -> QuerySet[VersionUse]:
    rows = VersionUse.objects.filter(authorisation__in=tuple(versions), environment=Environment.PRODUCTION)
    return rows.filter(partner=partner) if partner else rows
