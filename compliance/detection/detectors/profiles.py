"""What of a window is remembered: the rows of its day in each table of the baseline, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from compliance.detection.detectors.baseline import KNOWN, PAIRS, REFERENCES, SEQUENCES, USER_DAYS
from compliance.detection.detectors.explanation import Explanation

if TYPE_CHECKING:
    from compliance.detection.detectors.window import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class DayProfile:
    """The rows of one day. ``uses`` has the columns of KNOWN, with the day as first and last."""

    pairs: pl.DataFrame
    user_days: pl.DataFrame
    uses: pl.DataFrame
    references: pl.DataFrame
    sequences: pl.DataFrame


def profile_of(window: Window) -> DayProfile:
    """Return what is remembered of a window. The same traffic in any order gives the same rows."""
    return DayProfile(
        pairs=_pairs(window),
        user_days=_user_days(window),
        uses=_uses(window),
        references=_references(window),
        sequences=_sequences(window),
    )


def _pairs(window: Window) -> pl.DataFrame:
    return (
        window.look_ups.group_by("partner", "user", "person")
        .agg(
            group=pl.col("group").max(),
            look_ups=pl.col("exchange").n_unique(),
            direct=pl.col("exchange").filter(pl.col("explained") == Explanation.DIRECT).n_unique(),
            unexplained=pl.col("exchange").filter(pl.col("explained") == Explanation.NONE).n_unique(),
        )
        .with_columns(day=pl.lit(window.day))
        .sort("partner", "user", "person")
        .select(pl.col(name).cast(kind) for name, kind in PAIRS.items())
    )


def _user_days(window: Window) -> pl.DataFrame:
    """Return what users did; a search that found nobody counts among the searches by name, not among the look-ups."""
    about_somebody = pl.col("person").is_not_null()
    return (
        window.production.filter((pl.col("trigger") == "manual") & pl.col("user").is_not_null())
        .group_by("partner", "service", "user")
        .agg(
            group=pl.col("group").max(),
            look_ups=pl.col("exchange").filter(about_somebody).n_unique(),
            persons=pl.col("person").drop_nulls().n_unique(),
            unexplained=pl.col("exchange").filter(pl.col("explained") == Explanation.NONE).n_unique(),
            without_dossier=pl.col("exchange").filter(about_somebody & pl.col("dossier").is_null()).n_unique(),
            by_name=pl.col("exchange").filter(pl.col("search_keys").str.contains("name")).n_unique(),
            hours=(2 ** pl.col("hour").cast(pl.Int64).unique()).sum(),
        )
        .with_columns(day=pl.lit(window.day))
        .sort("partner", "service", "user")
        .select(pl.col(name).cast(kind) for name, kind in USER_DAYS.items())
    )


def _uses(window: Window) -> pl.DataFrame:
    """Return who used what; machines, and people of whom it is not known who they are, are nobody."""
    by_hand = pl.when(pl.col("trigger") == "manual").then("user")
    return (
        window.production.select("partner", "service", user=by_hand)
        .unique()
        .with_columns(first=pl.lit(window.day), last=pl.lit(window.day))
        .sort("partner", "service", "user")
        .select(pl.col(name).cast(kind) for name, kind in KNOWN.items())
    )


def _references(window: Window) -> pl.DataFrame:
    return (
        window.traffic.select("producer", "reference", "exchange", "at")
        .unique("exchange")
        .sort("exchange")
        .select(pl.col(name).cast(kind) for name, kind in REFERENCES.items())
    )


def _sequences(window: Window) -> pl.DataFrame:
    """Return the highest number of each producer, also where it stood on what was corrected since."""
    given = window.traffic.select("producer", "sequence", "at")
    corrected = window.corrected.with_columns(at=pl.lit(None, dtype=pl.Datetime("us", "UTC")))
    return (
        pl.concat([given, corrected.select(given.columns)])
        .filter(pl.col("sequence").is_not_null())
        .sort("producer", "sequence", "at", nulls_last=False)
        .group_by("producer", maintain_order=True)
        .agg(last=pl.col("sequence").last(), at=pl.col("at").max())
        .with_columns(at=pl.col("at").fill_null(window.begins))
        .sort("producer")
        .select(pl.col(name).cast(kind) for name, kind in SEQUENCES.items())
    )
