"""The rows of the KBI's own world, as its data files hold them (`fixture/README.md`)."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.registry.models import (
    ConnectionPeriod,
    ControllerPeriod,
    DataCategory,
    Footnote,
    LegalBasis,
    OfficeHours,
    Organisation,
    ProcessingMandate,
    PublishedDocument,
    PublishedFigure,
    Purpose,
    Route,
    Service,
)
from compliance.registry.municipalities import OCMW_POSITION, municipalities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.registry.recorded import Recorded

FIXTURE = Path(__file__).parent / "fixture"
ANSWER = FIXTURE / "answer-321-2017"
Row = dict[str, object]
PRINTED, CARRIED_OVER = "ANSWER-321-2017", "ANSWER-321-2017-YEARS"
FIRST_RECORDED_YEAR = 2016


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of row, and the fields by which a row is recognised again."""

    model: type[Recorded]
    file: str
    key: tuple[str, ...]


ORGANISATIONS = Kind(Organisation, "organisations.toml", ("code",))
KINDS = (
    ORGANISATIONS,
    Kind(Route, "routes.toml", ("code",)),
    Kind(DataCategory, "categories.toml", ("code",)),
    Kind(Service, "services.toml", ("code", "version")),
    Kind(Purpose, "purposes.toml", ("code",)),
    Kind(LegalBasis, "legal_bases.toml", ("code",)),
    Kind(ConnectionPeriod, "connections.toml", ("organisation", "route", "connected_from")),
    Kind(OfficeHours, "office_hours.toml", ("organisation", "weekday", "valid_from")),
    Kind(ProcessingMandate, "mandates.toml", ("processor", "controller", "valid_from")),
    Kind(ControllerPeriod, "controllers.toml", ("organisation", "valid_from")),
    Kind(Footnote, "footnotes.toml", ("organisation", "period_from", "period_until")),
    Kind(PublishedDocument, "documents.toml", ("code",)),
)
FIGURES = Kind(PublishedFigure, "", ("document", "series", "year", "month", "compared_with", "organisation"))


def rows(kind: Kind) -> Iterator[Row]:
    """Yield the rows of a kind; a related row is named by its code."""
    with (FIXTURE / kind.file).open("rb") as file:
        yield from tomllib.load(file)[str(kind.model._meta.model_name)]


def ocmws() -> Iterator[Row]:
    """Yield the OCMW of every municipality that has no row of its own among the organisations.

    Without a KBO number: those we do not invent. One that ended with its municipality says so in its name.
    """
    standing = {row["code"] for row in rows(ORGANISATIONS)}
    for one in municipalities().values():
        if one.ocmw not in standing:
            year = one.span.end and one.span.end.year
            yield {
                "code": one.ocmw,
                "name_nl": f"OCMW {one.name_nl}" + (f" (tot {year})" if year else ""),
                "name_en": f"PCSW {one.name_nl}" + (f" (until {year})" if year else ""),
                "name_fr": f"CPAS {_of(one.name_fr)}" + (f" (jusqu'en {year})" if year else ""),
                "kind": "local",
                "position": OCMW_POSITION,
            }


def _of(name: str) -> str:
    """Return ``de Gand``, ``d'Anvers``: a Dutch H is heard in French, a Y before a consonant is a vowel."""
    return f"d'{name}" if name[0] in "AEIOUÉY" else f"de {name}"


def figures() -> Iterator[Row]:
    """Yield the figures of the answer to parliamentary question 321: as printed, and the years to carry over."""
    for cell in _table("exchanges-2016-monthly.csv"):
        year, month = map(int, cell["month"].split("-"))
        yield _figure(PRINTED, year, cell["exchanges"], month=month, organisation=cell["partner"])
    for cell in _table("exchanges-yearly.csv"):
        year = int(cell["year"])
        yield _figure(PRINTED, year, cell["exchanges"], organisation=cell["partner"])
        if year < FIRST_RECORDED_YEAR:
            yield _figure(CARRIED_OVER, year, cell["exchanges"], organisation=cell["partner"])
    for cell in _table("discimus-2016.csv"):
        yield _figure(PRINTED, 2016, cell["queries"], series=f"discimus-{cell['outcome'].replace('_', '-')}")
    for cell in _table("printed-totals.csv"):
        yield _figure(
            PRINTED,
            int(cell["year"]),
            cell["figure"],
            series=cell["series"],
            month=int(cell["month"]),
            compared_with=int(cell["compared_with"]) if cell["compared_with"] else None,
            organisation=cell["organisation"] or None,
        )


def _figure(document: str, year: int, figure: str, **rest: object) -> Row:
    usual: Row = {"series": "exchanges", "month": 0, "compared_with": None, "organisation": None}
    return {**usual, "document": document, "year": year, "figure": int(figure), **rest}


def _table(name: str) -> Iterator[dict[str, str]]:
    with (ANSWER / name).open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)
