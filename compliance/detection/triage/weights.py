"""What officers decided before moves a detector's line.

Weighted false-discovery control (Genovese, Roeder and Wasserman, "False discovery control with p-value weighting",
2006): a probability is divided by its weight, and as long as the weights are one on average, as many false alarms are
expected as without. A detector whose findings were dismissed weighs less, one whose findings were confirmed more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LEAST: Final = 0.25
"""No detector is silenced by decisions: that is for people to do, in words and for a time (a suppression)."""
_BEFORE: Final = 4.0


class Decided(NamedTuple):
    """How many findings of a detector were decided, and how many of these gave reason to act."""

    confirmed: int
    decided: int


def weights(detectors: Iterable[str], *, decisions: Mapping[str, Decided]) -> dict[str, float]:
    """Return a weight for each detector: one on average, at least a quarter before averaging.

    Each starts as if it had four decisions at the rate of all together, so that one dismissal changes little.
    """
    names = sorted(set(detectors))
    told = {name: decisions.get(name, Decided(0, 0)) for name in names}
    decided = sum(one.decided for one in told.values())
    rate = (sum(one.confirmed for one in told.values()) + 1) / (decided + 2)
    shrunk = {name: (one.confirmed + _BEFORE * rate) / (one.decided + _BEFORE) / rate for name, one in told.items()}
    bounded = {name: max(LEAST, weight) for name, weight in shrunk.items()}
    mean = sum(bounded.values()) / len(bounded) if bounded else 1.0
    return {name: weight / mean for name, weight in bounded.items()}
