"""How a benchmark says what it measured."""

from __future__ import annotations

import sys
from typing import Protocol


class Report(Protocol):
    """Takes one figure: name, value, unit, and the baseline's value in the same unit, measured in the same run."""

    def __call__(self, name: str, value: float, unit: str, baseline: float | None) -> None:
        """Report one figure."""


def print_figure(name: str, value: float, unit: str, baseline: float | None) -> None:
    """Print a line: name, value, unit, ratio to the baseline."""
    ratio = "" if baseline is None else f"{value / baseline:.3f}"
    sys.stdout.write(f"{name:<44} {value:>14,.1f} {unit:<16} {ratio:>8}\n")
    sys.stdout.flush()
