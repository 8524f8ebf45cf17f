"""A finding of an unusual volume, as every detector here tells it."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

from compliance.detection.detectors.detector import Parameter
from compliance.detection.detectors.finding import Fact, Family, Finding, Tier

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.detection.detectors.volumes.watched import Watched

LIKELIEST = Parameter(name="likeliest", default=0.01, unit="probability", least=1e-9, most=0.05)
"""How likely, by chance, a day of a series may be and still be told."""

_SUREST = 12.0
"""Zeros of the probability that make a score of 1."""


def tell(
    watched: Watched,
    *,
    detector: str,
    which: int,
    begins: datetime,
    ends: datetime,
    tail: float,
    facts: dict[str, Fact],
    period: str | None = None,
) -> Finding:
    """Return a finding about a series. One that a planned event explains names it, and is no alarm."""
    series = watched.series[which]
    event = watched.event(series, begins, ends)
    about = " · ".join(value for value in series[1:] if value)
    if event is not None:
        facts = {**facts, "kind": "planned", "event": event}
    return Finding(
        detector=detector,
        family=Family.VOLUME,
        tier=Tier.STATISTIC,
        period=period or watched.window.day.isoformat(),
        begins=begins,
        ends=ends,
        partner=series.partner,
        service=series.service,
        series=str(series),
        tail=1.0 if event is not None else tail,
        score=0.0 if event is not None else min(1.0, -log10(max(tail, 1e-300)) / _SUREST),
        facts={"partner": series.partner, "about": f" ({about})" if about else "", **facts},
        exchanges=int(facts.get("observed") or 0),
    )


def most_telling(found: list[tuple[float, int]], watched: Watched) -> list[tuple[float, int]]:
    """Keep, of each partner, the series that is least likely: its parts, and what it is a part of, say the same."""
    best: dict[str, tuple[float, int]] = {}
    for tail, which in found:
        partner = watched.series[which].partner
        if partner not in best or (tail, which) < best[partner]:
            best[partner] = (tail, which)
    return sorted(best.values())
