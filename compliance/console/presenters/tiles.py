"""A map of tiles per province: one tile a municipality, in order of name, darker the further it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from compliance.connecting.municipal_progress import Progress
from compliance.console.municipality_filter import PROVINCES
from compliance.console.presenters import words
from compliance.console.presenters.progress import progress_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from compliance.connecting.municipal_progress import MunicipalProgress

_ACROSS, _SIDE, _STEP = 10, 14, 16


@dataclass(frozen=True, slots=True)
class TileMap:
    """One province: its name, what the map says in words, and the drawing."""

    province: str
    words: str
    drawing: SafeString


def present_tiles(found: Sequence[MunicipalProgress]) -> tuple[TileMap, ...]:
    """Draw a map for each province."""
    maps = []
    for province, name in PROVINCES.items():
        own = [one for one in found if one.municipality.province == province]
        counts = Counter(one.progress for one in own)
        parts = [f"{progress_words(one)} {words.figure(counts[one])}" for one in Progress if counts[one]]
        told = _("%(province)s: %(parts)s") % {"province": str(name), "parts": words.enumeration(parts)}
        maps.append(TileMap(str(name), told, _draw(own, told, province.value)))
    return tuple(maps)


def _draw(own: Sequence[MunicipalProgress], told: str, key: str) -> SafeString:
    rows = -(-len(own) // _ACROSS)
    tiles = format_html_join(
        "",
        '<rect class="tile tile--{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>',
        (
            (
                one.progress.value,
                1 + position % _ACROSS * _STEP,
                1 + position // _ACROSS * _STEP,
                _SIDE,
                _SIDE,
                f"{one.municipality.name}: {progress_words(one.progress)}",
            )
            for position, one in enumerate(own)
        ),
    )
    return format_html(
        '<svg class="tiles__map" viewBox="0 0 {} {}" role="img" aria-labelledby="tiles-{}">'
        '<title id="tiles-{}">{}</title>{}</svg>',
        _ACROSS * _STEP,
        rows * _STEP,
        key,
        key,
        told,
        tiles,
    )
