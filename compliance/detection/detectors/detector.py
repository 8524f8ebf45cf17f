"""What a detector says of itself, and how it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Family, Finding, Tier
    from compliance.detection.detectors.window import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A number that decides what a detector sees: its default, its unit, and between what it may be set."""

    name: str
    default: float
    unit: str
    least: float
    most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Detector:
    """One detector. ``detect`` is pure; it is given every parameter by name, and yields findings in no order."""

    id: str
    family: Family
    tier: Tier
    parameters: tuple[Parameter, ...]
    detect: Callable[[Window, Baseline, Mapping[str, float]], Iterable[Finding]]

    def settings(self, changed: Mapping[str, float] | None = None) -> dict[str, float]:
        """Return every parameter: its default, or what it was changed to. Raises KeyError for an unknown one."""
        found = {parameter.name: parameter.default for parameter in self.parameters}
        for name, value in (changed or {}).items():
            if name not in found:
                raise KeyError(name)
            found[name] = value
        return found
