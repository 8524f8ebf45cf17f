"""Near which number a person's stands, for those who were looked up unexplained: nothing else needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from compliance.detection.detectors.explanation import Explanation
from compliance.detection.reading.copied import copied, pseudonym
from compliance.ledger.logs import LogNumber

if TYPE_CHECKING:
    from compliance.detection.detectors.window import Window

_RANGES = f"""
SELECT DISTINCT {pseudonym("person.lookup")}, person.number_range
  FROM unnest(%(exchanges)s::uuid[]) AS asked (id)
 CROSS JOIN LATERAL (
       SELECT lookup FROM ledger_opening
        WHERE id = asked.id AND log = %(log)s AND position >= 0 AND lookup IS NOT NULL OFFSET 0) AS opening
  JOIN ledger_person_key AS person ON person.lookup = opening.lookup AND person.log = %(log)s
 WHERE person.number_range IS NOT NULL
"""  # noqa: S608 every word is our own
_READ = pl.Schema({"person": pl.Int64(), "range": pl.Int64()})


def with_number_ranges(window: Window) -> pl.DataFrame:
    """Return the window's traffic, with the range of the number of everybody who was looked up unexplained."""
    unexplained = (pl.col("explained") == Explanation.NONE).fill_null(value=False)
    exchanges = window.look_ups.filter(unexplained).get_column("exchange").unique().to_list()
    if not exchanges:
        return window.traffic
    ranges = copied(_RANGES, {"exchanges": exchanges, "log": LogNumber.EXCHANGES.value}, _READ).unique("person")
    return (
        window.traffic.join(ranges, on="person", how="left", maintain_order="left")
        .with_columns(number_range=pl.when(unexplained).then("range"))
        .drop("range")
    )
