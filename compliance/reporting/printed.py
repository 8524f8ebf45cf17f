"""Figures as documents print them, brought to the scale of a replay.

A replay at 1 : 50 rounds each of its smallest cells, so a printed total at 1 : 50 is not the total of the replay. Only
the smallest figures are therefore scaled by themselves; one that other figures of the document make up is their
scaled sum, and what the document prints beside that sum (a slip, say) is scaled and added. At 1 : 1 every figure
is the printed one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance.reporting.numbers import half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from fractions import Fraction

    from compliance.registry.models import PublishedFigure

EXCHANGES = "exchanges"
DISCIMUS = "discimus-"
DISCIMUS_TOTAL = "discimus-total"
_MONTHS = range(1, 13)


class Key(NamedTuple):
    """What a printed figure counts; ``month`` 0 is the whole year, ``organisation`` "" the total of all."""

    series: str
    year: int
    month: int
    compared_with: int | None
    organisation: str


def printed_by(figures: Iterable[PublishedFigure]) -> dict[Key, int]:
    """Return the figures of one document by what they count."""
    return {
        Key(row.series, row.year, row.month, row.compared_with, row.organisation.code if row.organisation else ""): (
            row.figure
        )
        for row in figures
    }


def scaled(printed: Mapping[Key, int], scale: Fraction) -> dict[Key, int]:
    """Return the figures at a scale."""
    return {key: _scaled(key, printed, scale) for key in printed}


def _scaled(key: Key, printed: Mapping[Key, int], scale: Fraction) -> int:
    parts = list(_parts(key, printed))
    beside = printed[key] - sum(sign * printed[part] for sign, part in parts)
    return half_up(beside * scale) + sum(sign * _scaled(part, printed, scale) for sign, part in parts)


def _parts(key: Key, printed: Mapping[Key, int]) -> Iterator[tuple[int, Key]]:
    """Yield what makes up a figure within its document, with signs; nothing when it stands by itself."""
    if key.compared_with is not None:
        earlier = key._replace(year=key.compared_with, compared_with=None)
        later = key._replace(compared_with=None)
        if earlier in printed and later in printed:
            yield from ((1, later), (-1, earlier))
    elif key.series == DISCIMUS_TOTAL:
        same = (other for other in printed if other.series.startswith(DISCIMUS) and other.series != DISCIMUS_TOTAL)
        yield from ((1, other) for other in same if other[1:] == key[1:])
    elif key.series == EXCHANGES and not key.organisation:
        same = (other for other in printed if other.organisation and other._replace(organisation="") == key)
        yield from ((1, other) for other in same)
    elif key.series == EXCHANGES and not key.month:
        months = [key._replace(month=month) for month in _MONTHS]
        if all(month in printed for month in months):
            yield from ((1, month) for month in months)
