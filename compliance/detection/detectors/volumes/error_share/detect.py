"""A larger part of the exchanges of some hours failed, was refused or got no answer than ordinarily does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.volumes.cube import HOURS
from compliance.detection.detectors.volumes.errors import beta_binomial, ordinary_share
from compliance.detection.detectors.volumes.told import LIKELIEST, most_telling, tell
from compliance.detection.detectors.volumes.watched import watch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.volumes.watched import Watched
    from compliance.detection.detectors.window import Window

ID: Final = "error-share"
ERRORS: Final = ("failed", "refused", "unanswered")
_LENGTHS: Final = (1, 2, 3, 6)
_PAST: Final = 42
"""Days that an ordinary share is learnt from."""
_RIPE: Final = 5


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Yield at most one finding a partner and day: the stretch whose share of errors is least likely."""
    watched = watch(window, baseline)
    if watched is None:
        return
    every = watched.counts[:, -_PAST - 1 :]
    errors = np.zeros_like(every)
    for outcome in ERRORS:
        errors += watched.leaves.sums(
            [one._replace(outcome=outcome) for one in watched.series], slice(-_PAST - 1, None)
        )
    found = {}
    for which in np.flatnonzero(watched.fitted.days_seen[:, -1] >= _RIPE).tolist():
        told = _worst(errors[which], every[which], watched.known_today, settings)
        if told is not None and told[0] <= settings["likeliest"]:
            found[which] = told
    for tail, which in most_telling([(told[0], which) for which, told in found.items()], watched):
        _, hours, ordinary = found[which]
        yield _tell(watched, which, tail, hours, ordinary, errors[which, -1])


def _worst(
    errors: NDArray[np.float64], every: NDArray[np.float64], known: NDArray[np.bool_], settings: Mapping[str, float]
) -> tuple[float, slice, float] | None:
    today, counted = np.where(known, errors[-1], 0), np.where(known, every[-1], 0)
    if today.sum() < settings["fewest"]:
        return None
    share = ordinary_share(errors[:-1], every[:-1])
    best: tuple[float, slice, float] | None = None
    for length in _LENGTHS:
        for begins in range(HOURS - length + 1):
            hours = slice(begins, begins + length)
            bad, all_ = float(today[hours].sum()), float(counted[hours].sum())
            if bad < settings["fewest"] or bad < settings["times"] * share.mean * all_ or not known[hours].all():
                continue
            tail = min(1.0, beta_binomial(bad, all_, share) * HOURS)
            if best is None or tail < best[0]:
                best = (tail, hours, share.mean)
    return best


def _tell(
    watched: Watched, which: int, tail: float, hours: slice, ordinary: float, errors: NDArray[np.float64]
) -> Finding:
    count, bad = float(watched.counts[which, -1, hours].sum()), float(errors[hours].sum())
    by_outcome = {
        outcome: float(
            watched.leaves.sums([watched.series[which]._replace(outcome=outcome)], slice(-1, None))[0, -1, hours].sum()
        )
        for outcome in ERRORS
    }
    return tell(
        watched,
        detector=ID,
        which=which,
        begins=watched.moment(hours.start),
        ends=watched.moment(hours.stop),
        tail=tail,
        facts={
            "observed": round(count),
            "errors": round(bad),
            "share": round(100 * bad / count, 1),
            "ordinary": round(100 * ordinary, 1),
            "outcome": max(by_outcome, key=lambda outcome: by_outcome[outcome]),
            "from": f"{hours.start:02d}:00",
            "until": f"{hours.stop:02d}:00",
        },
    )


DETECTOR: Final = Detector(
    id=ID,
    family=Family.VOLUME,
    tier=Tier.STATISTIC,
    parameters=(
        LIKELIEST,
        Parameter(name="fewest", default=5, unit="errors", least=1, most=10_000),
        Parameter(name="times", default=2, unit="times the ordinary share", least=1, most=50),
    ),
    detect=detect,
)
