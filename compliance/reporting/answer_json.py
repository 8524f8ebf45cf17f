"""The answer as JSON. ``docs/answer.md`` describes the shape, which only ever grows.

Months are ``2016-01``, days ISO 8601 (``until`` excluded), percentages numbers with at most four decimals.
"""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING

from compliance.reporting.answer_shape import OTHERS
from compliance.reporting.numbers import half_up

if TYPE_CHECKING:
    from fractions import Fraction

    from compliance.reporting.answer_shape import Answer, Cell, Difference, DifferenceRow, Part, Row, Table, Words
    from compliance.reporting.months import Period

FORMAT = "kbi-audit.answer/1"
OTHER_PARTNERS = "others"
Json = dict[str, object]


def answer_json(answer: Answer) -> bytes:
    """Return the answer as UTF-8."""
    codes = [column.code or OTHER_PARTNERS for column in answer.months.columns]
    shape: Json = {
        "format": FORMAT,
        "period": _period(answer.period),
        "scope": answer.scope,
        "counted_until": answer.counted_until and answer.counted_until.astimezone(UTC).isoformat(),
        "demonstration_scale": str(answer.scale) if answer.scale is not None else None,
        "partners": _partners(answer.months),
        "rows": [_row(row, codes) for row in answer.months.rows],
        "total": _row(answer.total, codes),
        "compared": [_row(row, codes) for row in answer.years.rows] if answer.years else [],
        "differences": [_difference_row(row, codes) for row in answer.differences],
        "footnotes": [
            {
                "mark": note.mark,
                "partner": note.organisation or None,
                "from": note.start.isoformat(),
                "until": note.until.isoformat(),
                "text": _words(note.text),
            }
            for note in answer.notes
        ],
        "controllers": [
            {
                "code": controller.code,
                "name": _words(controller.name),
                "from": controller.start.isoformat(),
                "until": controller.until.isoformat(),
                "citation": controller.citation,
            }
            for controller in answer.controllers
        ],
        "discimus": answer.discimus
        and {
            "queries": answer.discimus.queries,
            "outcomes": [_part(part) for part in answer.discimus.outcomes],
            "triggers": [_part(part) for part in answer.discimus.triggers],
        },
        "documents": [
            {
                "code": document.code,
                "name": _words(document.name),
                "citation": document.citation,
                "published_on": document.published_on.isoformat(),
                "compared": document.compared,
                "agreeing": document.agreeing,
            }
            for document in answer.documents
        ],
        "departures": [
            {
                "document": departure.document,
                "series": departure.series,
                "period": _period(departure.period),
                "compared_with": departure.compared_with and _period(departure.compared_with),
                "partner": departure.organisation or None,
                "printed": departure.printed,
                "computed": departure.computed,
                "difference": departure.difference,
            }
            for departure in answer.departures
        ],
    }
    return (json.dumps(shape, ensure_ascii=False, indent=2) + "\n").encode()


def percent(share: Fraction | None) -> float | None:
    """Return a share as a percentage."""
    return None if share is None else half_up(share * 1_000_000) / 10_000


def _words(words: Words) -> Json:
    return {"nl": words.nl, "en": words.en, "fr": words.fr}


def _period(period: Period) -> Json:
    return {"from": str(period.first), "to": str(period.last)}


def _partners(table: Table) -> list[Json]:
    return [
        {
            "code": column.code or OTHER_PARTNERS,
            "name": None if column.code == OTHERS else _words(column.name),
            "footnotes": column.marks,
        }
        for column in table.columns
    ]


def _row(row: Row, codes: list[str]) -> Json:
    per_day = row.working_days.per_day
    return {
        **_period(row.period),
        "figures": {code: _cell(cell) for code, cell in zip(codes, row.cells, strict=True)},
        "total": _cell(row.total),
        "working_days": row.working_days.days,
        "working_days_until": row.working_days.until.isoformat(),
        "per_working_day": None if per_day is None else half_up(per_day),
        "footnotes": row.marks,
    }


def _cell(cell: Cell) -> Json:
    return {
        "kind": cell.kind,
        "exchanges": cell.value,
        "complete": cell.complete,
        "documents": cell.documents,
        "connected_from": cell.connected_from and cell.connected_from.isoformat(),
        "footnotes": cell.marks,
    }


def _difference_row(row: DifferenceRow, codes: list[str]) -> Json:
    return {
        "later": _period(row.later),
        "earlier": _period(row.earlier),
        "figures": {code: _difference(cell) for code, cell in zip(codes, row.cells, strict=True)},
        "total": _difference(row.total),
    }


def _difference(difference: Difference) -> Json:
    return {
        "difference": difference.value,
        "percentage": percent(difference.share),
        "complete": difference.complete,
    }


def _part(part: Part) -> Json:
    return {"code": part.code or None, "queries": part.value, "percentage": percent(part.share)}
