"""Ask every detector, each by itself: one that raises spoils nothing for the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING

from compliance.detection.detectors.catalogue import DETECTORS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.detector import Detector
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window


@dataclass(frozen=True, slots=True)
class Detected:
    """What came out of a window: findings in the order of their keys, and by detector what it raised instead.

    A failure says what and where (``KeyError at compliance/…/detect.py:31``), never a value.
    """

    findings: tuple[Finding, ...] = ()
    failures: Mapping[str, str] = field(default_factory=dict)


def detect(
    window: Window,
    baseline: Baseline,
    settings: Mapping[str, Mapping[str, float]] | None = None,
    *,
    detectors: Mapping[str, Detector] | None = None,
) -> Detected:
    """Return what the detectors see in a window. ``settings`` are the parameters that were changed, by detector.

    Of findings with one key the one with the highest score stays, so that the same in gives the same out.
    """
    asked = DETECTORS if detectors is None else detectors
    changed = settings or {}
    found: dict[str, Finding] = {}
    failures: dict[str, str] = {}
    for name, detector in asked.items():
        try:
            seen = list(detector.detect(window, baseline, detector.settings(changed.get(name))))
            for finding in seen:
                _check(finding)
        except Exception as error:  # noqa: BLE001 whatever it is, the others go on
            failures[name] = told(error)
            continue
        for finding in seen:
            before = found.get(finding.key)
            if before is None or _rank(finding) > _rank(before):
                found[finding.key] = finding
    return Detected(tuple(found[key] for key in sorted(found)), failures)


def told(error: BaseException) -> str:
    """Say what was raised and where, without a word of the error's own, which may hold values."""
    return f"{type(error).__name__} at {_place(error.__traceback__)}"


def _place(traceback: TracebackType | None) -> str:
    """Return the last place in our own code that the error came through."""
    place = "?"
    while traceback is not None:
        name = traceback.tb_frame.f_code.co_filename
        if "/compliance/" in name or place == "?":
            place = f"{name[name.rfind('/compliance/') + 1 :]}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place


def _check(finding: Finding) -> None:
    """Raise ValueError for a number that is none: it could not be kept, and would take the others with it."""
    numbers = (finding.score, finding.tail, *finding.facts.values())
    if any(isinstance(number, float) and not isfinite(number) for number in numbers):
        message = "A finding tells a number that is none."
        raise ValueError(message)


def _rank(finding: Finding) -> tuple[float, int, str]:
    return finding.score, finding.exchanges, ",".join(finding.evidence)
