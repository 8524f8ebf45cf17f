"""Rows that break one rule together, counted exactly: five thousand exchanges of a kind are one finding."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import polars as pl

from compliance.detection.detectors.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.detector import Detector
    from compliance.detection.detectors.finding import Fact, Tier
    from compliance.detection.detectors.window import Window

MOST_EVIDENCE: Final = 50
PRODUCTION: Final = pl.col("environment") == "production"
GAVE: Final = ~pl.col("outcome").is_in(["refused", "requested", "unanswered", "failed"])
"""What was answered, be it without data: a refused attempt discloses nothing."""


class Group(NamedTuple):
    """Exchanges that have something in common: ``key`` by column, ``told`` what was asked of them besides."""

    key: dict[str, Any]
    told: dict[str, Any]
    exchanges: int
    persons: int
    begins: datetime
    ends: datetime
    evidence: tuple[str, ...]
    delivered: frozenset[str]

    def sensitive(self, baseline: Baseline) -> tuple[str, ...]:
        """Return the categories of GDPR art. 9 that were delivered."""
        return tuple(sorted(self.delivered & baseline.sensitive))


def grouped(rows: pl.DataFrame, *by: str, first: pl.Expr | None = None, **told: pl.Expr) -> Iterator[Group]:
    """Yield groups of rows by columns, in order. ``first`` ranks evidence, high before low; then it goes by time.

    Each of ``told`` is an aggregate over a group's rows, which are in that order.
    """
    if rows.is_empty():
        return
    rank = pl.lit(0) if first is None else first
    table = (
        rows.with_columns(_rank=rank)
        .sort(["_rank", "at", "exchange"], descending=[True, False, False])
        .group_by(by, maintain_order=True)
        .agg(
            _exchanges=pl.col("exchange").n_unique(),
            _persons=pl.col("person").drop_nulls().n_unique(),
            _begins=pl.col("at").min(),
            _ends=pl.col("at").max(),
            _evidence=pl.col("exchange").unique(maintain_order=True).head(MOST_EVIDENCE),
            _delivered=pl.col("delivered").unique(),
            **told,
        )
        .sort(by)
    )
    for row in table.iter_rows(named=True):
        yield Group(
            key={name: row[name] for name in by},
            told={name: row[name] for name in told},
            exchanges=row["_exchanges"],
            persons=row["_persons"],
            begins=row["_begins"],
            ends=row["_ends"],
            evidence=tuple(row["_evidence"]),
            delivered=frozenset(code for codes in row["_delivered"] for code in (codes or "").split(",") if code),
        )


def finding(
    detector: Detector,
    group: Group,
    *,
    window: Window,
    baseline: Baseline,
    score: float,
    facts: dict[str, Fact],
    tier: Tier | None = None,
    series: str = "",
    period: str = "",
    partner: str | None = None,
    tail: float | None = None,
) -> Finding:
    """Return the finding of a group: of the window's day, its partner and service, unless told otherwise."""
    return Finding(
        detector=detector.id,
        family=detector.family,
        tier=detector.tier if tier is None else tier,
        period=period or window.day.isoformat(),
        begins=group.begins,
        ends=group.ends,
        partner=group.key.get("partner", "") if partner is None else partner,
        service=group.key.get("service", ""),
        series=series,
        user=group.key.get("user"),
        tail=tail,
        score=score,
        facts={**_place(group), "exchanges": group.exchanges, "persons": group.persons, **facts},
        evidence=group.evidence,
        exchanges=group.exchanges,
        persons=group.persons,
        categories=group.sensitive(baseline),
    )


def _place(group: Group) -> dict[str, Fact]:
    return {name: group.key[name] for name in ("partner", "service") if name in group.key}


def exchanges_where(condition: pl.Expr) -> pl.Expr:
    """Count exchanges of which a row meets a condition."""
    return pl.col("exchange").filter(condition).n_unique()


def surer(count: int, *, half: float) -> float:
    """Return a score that grows with a count: a half at ``half``, never one."""
    return 1.0 - math.exp2(-count / half)
