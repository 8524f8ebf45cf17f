"""The traffic of a day, as detectors are given it, out of the entries that have their place in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from compliance.detection.detectors.make_window import bounds
from compliance.detection.detectors.window import MOMENT, NUMBERS, TRAFFIC
from compliance.detection.reading.copied import copied, micros, pseudonym
from compliance.detection.reading.pieces import CUT, pieces, read_pieces
from compliance.exchanges.commitments import USER
from compliance.kernel.record_id import first_at
from compliance.ledger.logs import LogNumber

if TYPE_CHECKING:
    from datetime import date

_TAKEN: Final = {
    "partner": pl.String(),
    "asker": pl.String(),
    "source": pl.String(),
    "service": pl.String(),
    "purpose": pl.String(),
    "route": pl.String(),
    "direction": pl.String(),
    "trigger": pl.String(),
    "environment": pl.String(),
    "outcome": pl.String(),
    "service_outcome": pl.String(),
    "verdict": pl.String(),
    "authorisation": pl.String(),
    "message_reference": pl.String(),
    "producer": pl.String(),
    "producer_sequence": pl.Int64(),
    "subject_count": pl.Int32(),
    "record_count": pl.Int32(),
}
_OF_DAY = "log = %(log)s AND id >= %(first)s AND id < %(end)s"
_ROWS = pl.Schema({"exchange": pl.String(), "at": MOMENT, "recorded_at": MOMENT, "corrected": pl.Boolean(), **_TAKEN})
_EXCHANGES = f"""
    SELECT id, {micros("started_at")}, {micros("recorded_at")},
           EXISTS (SELECT FROM exchanges_correction AS correction
                    WHERE correction.original = exchange.id AND correction.log = exchange.log)::integer,
           {", ".join(_TAKEN)}
      FROM exchanges_exchange AS exchange
     WHERE {_OF_DAY} AND xid < %(below)s
"""  # noqa: S608 every word is our own
_CUT = pl.Schema({"exchange": pl.String(), **CUT})
_PIECES = f"SELECT id, {', '.join(CUT)} FROM ({pieces(_OF_DAY)}) AS piece"  # noqa: S608
_PEOPLE = pl.Schema({"exchange": pl.String(), "position": pl.Int32(), "human": pl.Int64(), "dossier": pl.Int64()})
_OPENINGS = f"""
    SELECT id, position, {pseudonym("lookup")}, {pseudonym("dossier_lookup")}
      FROM ledger_opening WHERE {_OF_DAY} AND lookup IS NOT NULL
"""  # noqa: S608 every word is our own
_NEVER_EMPTY = ("service_outcome", "authorisation", "requested", "delivered", "search_keys", "decision", "reasons")


class Traffic(NamedTuple):
    """A day's traffic, with the columns of TRAFFIC, and the numbers of what was corrected."""

    rows: pl.DataFrame
    corrected: pl.DataFrame
    exchanges: int


def read_traffic(day: date, *, below: int) -> Traffic:
    """Return what transactions below an id recorded of a day. It names neither ranges of numbers nor explanations."""
    begins, ends = bounds(day)
    told = {"log": LogNumber.EXCHANGES.value, "first": first_at(begins), "end": first_at(ends), "below": below}
    exchanges = copied(_EXCHANGES, told, _ROWS)
    standing = exchanges.filter(~pl.col("corrected"))
    numbers = exchanges.filter(pl.col("corrected") & pl.col("producer_sequence").is_not_null())
    people = copied(_OPENINGS, told, _PEOPLE)
    told_apart = read_pieces(copied(_PIECES, told, _CUT))
    rows = (
        standing.join(told_apart, on="exchange", how="left")
        .join(_users(people), on="exchange", how="left")
        .join(_dossiers(people), on="exchange", how="left")
        .join(_subjects(people, standing), on="exchange", how="left")
        .rename(
            {
                "message_reference": "reference",
                "producer_sequence": "sequence",
                "subject_count": "subjects",
                "record_count": "records",
            }
        )
        .with_columns(
            *(pl.col(name).fill_null("") for name in _NEVER_EMPTY),
            hour=pl.col("at").dt.convert_time_zone("Europe/Brussels").dt.hour(),
            number_range=pl.lit(None, dtype=pl.Int64),
        )
        .sort("exchange", "person")
        .select(pl.col(name).cast(kind) for name, kind in TRAFFIC.items())
    )
    corrected = numbers.select("producer", sequence="producer_sequence").sort("producer", "sequence")
    return Traffic(rows, corrected.select(NUMBERS.names()), len(standing))


def _users(people: pl.DataFrame) -> pl.DataFrame:
    return people.filter(pl.col("position") == USER).select("exchange", user="human")


def _dossiers(people: pl.DataFrame) -> pl.DataFrame:
    given = people.filter(pl.col("dossier").is_not_null())
    return given.select("exchange", "dossier").unique("exchange")


def _subjects(people: pl.DataFrame, standing: pl.DataFrame) -> pl.DataFrame:
    """Return who is a subject; what stands at a subject's place where there is none is the dossier's own."""
    counted = standing.select("exchange", "subject_count")
    found = people.filter(pl.col("position") >= 0).join(counted, on="exchange", how="inner")
    return found.filter(pl.col("position") < pl.col("subject_count")).select("exchange", person="human")
