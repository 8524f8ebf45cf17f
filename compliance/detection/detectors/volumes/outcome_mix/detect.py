"""The outcomes of a day lie in other proportions than before: more without an answer, or more that find nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.stats import chi2

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.volumes.levels import is_whole
from compliance.detection.detectors.volumes.tails import fit_tail
from compliance.detection.detectors.volumes.told import LIKELIEST, most_telling, tell
from compliance.detection.detectors.volumes.watched import watch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

    Array = NDArray[np.float64]

ID: Final = "outcome-mix"
OUTCOMES: Final = ("succeeded", "no-data", "failed", "refused", "unanswered")
_PAST: Final = 56
_RIPE: Final = 10


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Yield at most one finding a partner, once the day is known to its end."""
    watched = watch(window, baseline)
    if watched is None or not is_whole(watched):
        return
    days = slice(-_PAST - 1, None)
    mix = np.stack(
        [
            watched.leaves.sums([one._replace(outcome=outcome) for one in watched.series], days).sum(axis=2)
            for outcome in OUTCOMES
        ],
        axis=2,
    )  # series, day, outcome
    enough = mix.sum(axis=2) >= settings["fewest"]
    ordinary = _ordinary(mix[:, :-1], enough[:, :-1])
    tails = _tails(mix, ordinary, enough)
    ripe = enough[:, -1] & (enough[:, :-1].sum(axis=1) >= _RIPE)
    found = [(float(tails[n]), n) for n in np.flatnonzero(ripe & (tails <= settings["likeliest"])).tolist()]
    for tail, which in most_telling(found, watched):
        shares = mix[which, -1] / mix[which, -1].sum()
        most = int(np.abs(shares - ordinary[which]).argmax())
        yield tell(
            watched,
            detector=ID,
            which=which,
            begins=window.begins,
            ends=window.ends,
            tail=tail,
            facts={
                "observed": round(float(mix[which, -1].sum())),
                "outcome": OUTCOMES[most],
                "share": round(100 * float(shares[most]), 1),
                "ordinary": round(100 * float(ordinary[which, most]), 1),
            },
        )


def _ordinary(past: Array, enough: NDArray[np.bool_]) -> Array:
    """Return the median share of each outcome over the past days."""
    with np.errstate(all="ignore"):
        shares = np.where(enough[..., None], past / np.maximum(past.sum(axis=2), 1)[..., None], np.nan)
        middle = np.nan_to_num(
            np.nanmedian(np.where(np.any(enough, axis=1, keepdims=True)[..., None], shares, 0.0), axis=1)
        )
    middle = np.maximum(middle, 0.002)
    ordinary: Array = middle / middle.sum(axis=1, keepdims=True)
    return ordinary


def _tails(mix: Array, ordinary: Array, enough: NDArray[np.bool_]) -> Array:
    """Return how likely today's proportions are: Pearson's statistic, by how large it ordinarily is for the series."""
    expected = mix.sum(axis=2, keepdims=True) * ordinary[:, None]
    pearson = np.where(enough, ((mix - expected) ** 2 / np.maximum(expected, 0.5)).sum(axis=2), np.nan)
    freedom = len(OUTCOMES) - 1
    with np.errstate(all="ignore"):
        typical = np.nanmedian(np.where(np.any(enough[:, :-1], axis=1, keepdims=True), pearson[:, :-1], 0.0), axis=1)
    beyond = np.maximum(typical / chi2.median(freedom), 1.0)
    model = np.where(enough, chi2.sf(np.nan_to_num(pearson) / beyond[:, None], freedom), 1.0)
    tail = fit_tail(model[:, :-1], enough[:, :-1].sum(axis=1).astype(float))
    return tail.set_right(model[:, -1])


DETECTOR: Final = Detector(
    id=ID,
    family=Family.VOLUME,
    tier=Tier.STATISTIC,
    parameters=(LIKELIEST, Parameter(name="fewest", default=60, unit="exchanges a day", least=10, most=100_000)),
    detect=detect,
)
