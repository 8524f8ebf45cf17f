"""A whole day brought far more or far less than it should have, though no hour of it stood out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.volumes.expectation import day_variance
from compliance.detection.detectors.volumes.levels import is_whole
from compliance.detection.detectors.volumes.tails import fit_tail, lower, upper
from compliance.detection.detectors.volumes.told import LIKELIEST, most_telling, tell
from compliance.detection.detectors.volumes.watched import watch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.volumes.watched import Watched
    from compliance.detection.detectors.window import Window

ID: Final = "day-swing"
_PAST: Final = 84
_RIPE: Final = 8


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Yield at most one finding a partner, once the day is known to its end."""
    watched = watch(window, baseline)
    if watched is None or not is_whole(watched):
        return
    tails = _tails(watched)
    expected = watched.fitted.expected[:, -1].sum(axis=1)
    observed = watched.counts[:, -1].sum(axis=1)
    much = np.maximum(expected, observed) >= settings["fewest"]
    found = [(float(tails[n]), n) for n in np.flatnonzero(much & (tails <= settings["likeliest"])).tolist()]
    for tail, which in most_telling(found, watched):
        yield tell(
            watched,
            detector=ID,
            which=which,
            begins=window.begins,
            ends=window.ends,
            tail=tail,
            facts={
                "kind": "up" if observed[which] > expected[which] else "down",
                "observed": round(float(observed[which])),
                "expected": round(float(expected[which])),
            },
        )


def _tails(watched: Watched) -> NDArray[np.float64]:
    days = slice(-_PAST - 1, None)
    fitted = watched.fitted
    expected = fitted.expected[:, days].sum(axis=2)
    spread = day_variance(fitted)[:, days] / np.maximum(expected, 1e-9) ** 2
    observed = watched.counts[:, days].sum(axis=2)
    ripe = fitted.days_seen[:, days] >= _RIPE
    counted = ripe[:, :-1].sum(axis=1).astype(float)
    elsewhere = fitted.elsewhere[:, days]
    found = []
    for reckon in (upper, lower):
        there = np.where(elsewhere == 1.0, 0.0, reckon(observed, expected * elsewhere, spread))
        model = np.where(ripe, np.maximum(reckon(observed, expected, spread), there), 1.0)
        found.append(fit_tail(model[:, :-1], counted).set_right(model[:, -1]))
    tails: NDArray[np.float64] = np.minimum(2 * np.minimum(*found), 1.0)
    return tails


DETECTOR: Final = Detector(
    id=ID,
    family=Family.VOLUME,
    tier=Tier.STATISTIC,
    parameters=(LIKELIEST, Parameter(name="fewest", default=20, unit="exchanges", least=1, most=100_000)),
    detect=detect,
)
