"""Exchanges that quote a decision of the gate which does not hold for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.detector import Detector
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.rules.grouped import GAVE, PRODUCTION, finding, grouped, surer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

_HOLDS: Final = ("", "matches")
_DENIED: Final = "denied"
_CERTAIN: Final = ("denied", "not-ours", "differs")
_HALF: Final = 3.0


def detect(window: Window, baseline: Baseline, _settings: Mapping[str, float]) -> Iterator[Finding]:
    """Find decisions that are not ours, were about something else, came too late, or said no.

    Who was told no and left it at that did what they should.
    """
    code = pl.col("decision").fill_null("").str.split("/").list.first().fill_null("")
    rows = (
        window.traffic.filter(PRODUCTION & ~pl.col("decision").fill_null("").is_in(_HOLDS))
        .with_columns(found=code)
        .filter((pl.col("found") != _DENIED) | GAVE)
    )
    for group in grouped(
        rows, *("partner", "service", "found"), first=GAVE.cast(pl.Int8), decisions=pl.col("decision").unique()
    ):
        found = group.key["found"]
        yield finding(
            QUOTED_DECISION,
            group,
            window=window,
            baseline=baseline,
            tier=Tier.LAW if found == _DENIED else Tier.PATTERN,
            score=1.0 if found in _CERTAIN else surer(group.exchanges, half=_HALF),
            series=found,
            facts={"kind": found, "differs": ", ".join(_parts(group.told["decisions"]))},
        )


def _parts(decisions: list[str]) -> list[str]:
    return sorted({part for decision in decisions for part in decision.split("/")[1:]})


QUOTED_DECISION: Final = Detector(
    id="quoted-decision", family=Family.COVER, tier=Tier.PATTERN, parameters=(), detect=detect
)
