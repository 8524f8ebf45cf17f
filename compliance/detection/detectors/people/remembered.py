"""What several detectors ask of the same window is found once."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.window import Window

Found = TypeVar("Found")


def remembered(find: Callable[[Window, Baseline], Found]) -> Callable[[Window, Baseline], Found]:
    """Remember what was found of a window as long as the window lives. What is found must not hold the window."""
    kept: WeakKeyDictionary[Window, tuple[Baseline, Found]] = WeakKeyDictionary()

    @wraps(find)
    def found(window: Window, baseline: Baseline) -> Found:
        before = kept.get(window)
        if before is None or before[0] is not baseline:
            before = kept[window] = (baseline, find(window, baseline))
        return before[1]

    return found
