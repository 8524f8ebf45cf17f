"""All municipalities: rows, totals per route and per step, and a tile for each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.connecting.municipal_progress import Progress
from compliance.console.municipality_filter import PROVINCES
from compliance.console.presenters import words
from compliance.console.presenters.progress import present_progress, progress_words
from compliance.console.presenters.tiles import TileMap, present_tiles
from compliance.registry.municipalities import merged_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.connecting.municipal_progress import MunicipalProgress
    from compliance.console.door import Door
    from compliance.console.presenters.badge import Badge
    from compliance.console.presenters.names import Names

FIRST_MERGERS = 2019  # what is older did not come about by one, as far as is held here


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """One municipality in a table."""

    name: str
    under: str
    nis: str
    province: str
    progress: Badge
    since: str
    route: str
    vendor: str
    address: str


@dataclass(frozen=True, slots=True)
class Total:
    """How many there are of a kind, and which tile stands for it."""

    key: str
    words: str
    count: str


@dataclass(frozen=True, slots=True)
class Municipalities:
    """What the template needs."""

    rows: tuple[MunicipalityRow, ...]
    by_progress: tuple[Total, ...]
    by_route: tuple[Total, ...]
    maps: tuple[TileMap, ...]
    shown: str


def present_municipalities(
    *, all_of_them: Sequence[MunicipalProgress], kept: Sequence[MunicipalProgress], names: Names, door: Door
) -> Municipalities:
    """Put the kept ones into rows; totals and maps are of all."""
    progress = Counter(one.progress for one in all_of_them)
    routes = Counter(one.route for one in all_of_them if one.route)
    return Municipalities(
        rows=tuple(_row(one, names, door) for one in kept),
        by_progress=tuple(
            Total(one.value, words.sentence(progress_words(one)), words.figure(progress[one])) for one in Progress
        ),
        by_route=tuple(Total(code, names.route(code), words.figure(count)) for code, count in sorted(routes.items())),
        maps=present_tiles(all_of_them),
        shown=_("%(count)s of %(all)s municipalities.")
        % {"count": words.figure(len(kept)), "all": words.figure(len(all_of_them))},
    )


def table_of(kept: Sequence[MunicipalProgress], names: Names) -> list[list[str]]:
    """Return the rows of the CSV file, its head first."""
    head = [_("NIS code"), _("Municipality"), _("Province"), _("OCMW"), _("How far"), _("Route"), _("Software vendor")]
    return [
        [*head, _("In production since")],
        *(
            [
                one.municipality.nis,
                one.municipality.name,
                str(PROVINCES[one.municipality.province]),
                one.municipality.ocmw,
                progress_words(one.progress),
                names.route(one.route) if one.route else "",
                names.organisation(one.vendor) if one.vendor else "",
                one.since.isoformat() if one.since else "",
            ]
            for one in kept
        ),
    ]


def _row(one: MunicipalProgress, names: Names, door: Door) -> MunicipalityRow:
    place = one.municipality
    parts = words.enumeration([part.name for part in merged_from(place.nis)])
    return MunicipalityRow(
        name=place.name,
        under=_("merged from %(names)s") % {"names": parts} if parts and place.span.start.year >= FIRST_MERGERS else "",
        nis=place.nis,
        province=str(PROVINCES[place.province]),
        progress=present_progress(one.progress),
        since=_("since %(day)s") % {"day": words.day(one.since)} if one.since else "",
        route=names.route(one.route) if one.route else "",
        vendor=names.organisation(one.vendor) if one.vendor else "",
        address=door.address("connection", place.ocmw) if one.has_board else "",
    )
