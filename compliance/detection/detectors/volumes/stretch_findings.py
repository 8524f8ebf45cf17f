"""Findings of the most unusual hours of a day, for the detectors that differ in the side they look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.detection.detectors.volumes.told import most_telling, tell
from compliance.detection.detectors.volumes.unusual import Side, Stretch, stretches
from compliance.detection.detectors.volumes.watched import watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window


def stretch_findings(
    window: Window,
    baseline: Baseline,
    settings: Mapping[str, float],
    *,
    detector: str,
    side: Side,
    holds: Callable[[Stretch], bool],
) -> Iterator[Finding]:
    """Yield at most one finding a partner: of its series, the least likely stretch that ``holds``."""
    watched = watch(window, baseline)
    if watched is None:
        return
    found = {one.series: one for one in stretches(watched, side) if one.tail <= settings["likeliest"] and holds(one)}
    for _, which in most_telling([(one.tail, which) for which, one in found.items()], watched):
        one = found[which]
        begins, ends = watched.moment(one.begins), watched.moment(one.ends)
        yield tell(
            watched,
            detector=detector,
            which=which,
            begins=begins,
            ends=ends,
            tail=one.tail,
            facts={
                "observed": round(one.observed),
                "expected": round(one.expected),
                "from": f"{one.begins:02d}:00",
                "until": f"{one.ends:02d}:00",
                "hours": one.ends - one.begins,
            },
        )
