"""Findings of levels that moved, for the detectors that differ in the time they look back."""

from __future__ import annotations

from datetime import timedelta
from math import exp, log
from typing import TYPE_CHECKING

import numpy as np

from compliance.detection.detectors.volumes.levels import is_whole, off_earlier, unlikelihood
from compliance.detection.detectors.volumes.told import most_telling, tell
from compliance.detection.detectors.volumes.watched import watch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window


def level_findings(
    window: Window, baseline: Baseline, settings: Mapping[str, float], *, detector: str, days: int, ago: int
) -> Iterator[Finding]:
    """Yield at most one finding a partner, once the day is known to its end.

    The last ``days`` days lie ``times`` above or below the level ``ago`` days before, and did not on the day before.
    """
    watched = watch(window, baseline)
    if watched is None or not is_whole(watched) or len(watched.leaves.days) <= ago + days:
        return
    moved = off_earlier(watched, days=days, ago=ago)
    tails = unlikelihood(moved)
    now, before = np.nan_to_num(moved[:, -1]), np.nan_to_num(moved[:, -2])
    far = log(settings["times"])
    fresh = (tails <= settings["likeliest"]) & (np.abs(now) >= far) & (np.abs(before) < far)
    found = [(float(tails[which]), which) for which in np.flatnonzero(fresh).tolist()]
    for tail, which in most_telling(found, watched):
        observed = float(watched.counts[which, -days:].sum())
        yield tell(
            watched,
            detector=detector,
            which=which,
            begins=window.begins - timedelta(days=days - 1),
            ends=window.ends,
            tail=tail,
            facts={
                "kind": "up" if now[which] > 0 else "down",
                "observed": round(observed),
                "expected": round(observed / exp(now[which])),
                "times": round(exp(abs(now[which])), 1),
                "days": days,
            },
        )
