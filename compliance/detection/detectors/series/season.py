"""Which season a series has, from what came before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHORTEST: Final = 4
_CLEAR: Final = 0.2
"""The least autocorrelation that makes a season."""
_LOOKED_AT: Final = 16_384


def season(values: NDArray[np.float64], *, hints: tuple[int, ...] = ()) -> int:
    """Return the season of a series in steps, or 0. ``hints`` are the steps of an hour, a day, a week, where known.

    A season is a lag at which the series, without its slow movement, resembles itself more than at the lags around it;
    of lags that do so about equally well the shortest counts, and a hint counts a little more.
    """
    looked = values[-_LOOKED_AT:]
    if len(looked) < 3 * _SHORTEST:
        return 0
    alike = _autocorrelation(looked)
    last = len(looked) // 3
    middle = alike[1 : last + 1]
    peaks = np.flatnonzero((middle[1:-1] >= middle[:-2]) & (middle[1:-1] > middle[2:])) + 2
    peaks = peaks[(peaks >= _SHORTEST) & (alike[peaks] > _CLEAR)]
    hinted = [hint for hint in hints if _SHORTEST <= hint <= last and alike[hint] > _CLEAR]
    found = {int(peak): float(alike[peak]) for peak in peaks}
    for hint in hinted:
        found[hint] = max(found.get(hint, 0.0), float(alike[hint])) + 0.05
    if not found:
        return 0
    best = max(found.values())
    return min(lag for lag, value in found.items() if value >= 0.9 * best)


def _autocorrelation(values: NDArray[np.float64]) -> NDArray[np.float64]:
    low, high = np.quantile(values, [0.01, 0.99])
    held = np.clip(values, low, high)
    position = np.arange(len(held)) - (len(held) - 1) / 2
    slope = float((position @ held) / max(float(position @ position), 1e-9))
    level = held - held.mean() - slope * position
    size = 1 << (2 * len(level) - 1).bit_length()
    spectrum = np.fft.rfft(level, size)
    raw = np.fft.irfft(spectrum * np.conj(spectrum), size)[: len(level)]
    if raw[0] <= 1e-12 * len(level):
        return np.zeros(len(level))
    # Few terms stand at long lags: they are made up for, as far as a third of the length.
    more: NDArray[np.float64] = raw / raw[0] * (len(level) / np.maximum(len(level) - np.arange(len(level)), 1))
    return more
