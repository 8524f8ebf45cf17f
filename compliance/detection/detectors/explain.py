"""Explain look-ups: direct, team, role or none.

*Direct* is a dossier of the person at the asker that was open that day; where a partner does not tell us of its
dossiers, the reference that the asker gave. *Team* is that a colleague had a dossier of the person, or looked the
person up with one, in the days before. A colleague is not just anybody at the same partner, or one client of a large
office would explain every curious look at them: it is somebody of the same team, where teams are small enough to be
teams, and else somebody with whom the user demonstrably shares work: several other persons, whom both looked up with
a dossier. Only what was direct explains others, so that one explanation never makes the next.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.baseline import PAIRS, empty
from compliance.detection.detectors.explanation import Explanation

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

LARGEST_TEAM: Final = 25
"""A group of more users than this is a job, not a team."""
SHARED: Final = 2
"""Persons that two users must both have looked up with a dossier to be colleagues."""
SHARED_PART: Final = 0.03
"""The same, as a part of all that the user looked up with a dossier."""

_PAIR: Final = ("partner", "user", "person")


def explain(
    traffic: pl.DataFrame,
    *,
    dossiers: pl.DataFrame,
    feeding: Collection[str],
    batch_purposes: Collection[str],
    day: date,
    team_days: int = 90,
    pairs: pl.DataFrame | None = None,
) -> pl.Series:
    """Return the :class:`Explanation` of every row of a day's traffic, in its order; null for what is not a look-up.

    ``dossiers`` and ``pairs`` have the columns of :data:`compliance.detection.detectors.baseline.DOSSIERS` and
    ``PAIRS``; ``feeding`` are the partners that tell us of their dossiers.
    """
    since = day - timedelta(days=team_days)
    rows = traffic.select(
        *_PAIR,
        "group",
        role=(pl.col("trigger") == "automatic")
        & pl.col("purpose").is_in(list(batch_purposes))
        & pl.col("person").is_not_null(),
        by_hand=(pl.col("environment") == "production")
        & (pl.col("trigger") == "manual")
        & pl.col("user").is_not_null()
        & pl.col("person").is_not_null(),
        referred=pl.col("dossier").is_not_null() & ~pl.col("partner").is_in(list(feeding)),
    ).with_row_index("row")
    by_hand = rows.filter("by_hand")
    held = dossiers.join(by_hand.select("partner", "person").unique(), on=["partner", "person"], how="semi").filter(
        pl.col("opened") <= day
    )
    valid = held.filter(pl.col("closed").is_null() | (pl.col("closed") > day)).select("partner", "person").unique()
    known = valid.with_columns(open=True)
    by_hand = by_hand.join(
        known.filter(pl.col("partner").is_in(list(feeding))), on=["partner", "person"], how="left"
    ).with_columns(direct=pl.col("referred") | pl.col("open").is_not_null())
    direct = by_hand.filter("direct")
    wanting = by_hand.filter(~pl.col("direct"))
    if wanting.is_empty():
        team = wanting
    else:
        before = (empty(PAIRS) if pairs is None else pairs).filter((pl.col("day") >= since) & (pl.col("day") < day))
        recent = held.filter(pl.col("closed").is_null() | (pl.col("closed") > since))
        team = _of_the_team(wanting, direct=direct, before=before, dossiers=recent)
    found = pl.concat(
        [
            direct.select("row", explained=pl.lit(Explanation.DIRECT.value)),
            team.select("row", explained=pl.lit(Explanation.TEAM.value)),
        ]
    )
    return (
        rows.join(found, on="row", how="left", maintain_order="left")
        .select(
            pl.when(pl.col("explained").is_not_null())
            .then("explained")
            .when("role")
            .then(pl.lit(Explanation.ROLE.value))
            .when("by_hand")
            .then(pl.lit(Explanation.NONE.value))
            .alias("explained")
        )
        .to_series()
    )


def _of_the_team(
    wanting: pl.DataFrame, *, direct: pl.DataFrame, before: pl.DataFrame, dossiers: pl.DataFrame
) -> pl.DataFrame:
    """Return the look-ups without a dossier that a colleague's work explains."""
    asked = wanting.select(*_PAIR, "group").unique()
    persons = asked.select("partner", "person").unique()
    looked = pl.concat(
        [
            before.lazy().filter(pl.col("direct") > 0).select(*_PAIR, "group"),
            direct.lazy().select(*_PAIR, "group"),
        ]
    )
    holders = pl.concat(
        [
            looked.join(persons.lazy(), on=["partner", "person"], how="semi").rename({"user": "colleague"}).collect(),
            dossiers.join(persons, on=["partner", "person"], how="semi").select(
                "partner", colleague="holder", person="person", group="team"
            ),
        ]
    ).unique()
    candidates = asked.join(
        holders.rename({"group": "team"}), on=["partner", "person"], how="inner", suffix="_of_colleague"
    )
    if candidates.is_empty():
        return wanting.clear()
    teams = _teams(looked, wanting)
    candidates = candidates.join(teams.with_columns(small=True), on=["partner", "group"], how="left").with_columns(
        sure=(pl.col("colleague") == pl.col("user")).fill_null(value=False)
        | ((pl.col("team") == pl.col("group")) & pl.col("small")).fill_null(value=False)
    )
    sure = candidates.filter("sure").select(*_PAIR).unique()
    unsure = candidates.filter(~pl.col("sure") & pl.col("colleague").is_not_null()).join(sure, on=_PAIR, how="anti")
    shared = _who_share_work(unsure.select("partner", "user", "colleague").unique(), looked)
    near = unsure.join(shared, on=["partner", "user", "colleague"], how="semi").select(*_PAIR).unique()
    return wanting.join(pl.concat([sure, near]), on=_PAIR, how="semi")


def _teams(looked: pl.LazyFrame, wanting: pl.DataFrame) -> pl.DataFrame:
    """Return the groups that are small enough to be teams."""
    members = pl.concat([looked.select("partner", "group", "user"), wanting.lazy().select("partner", "group", "user")])
    return (
        members.filter(pl.col("group").is_not_null())
        .group_by("partner", "group")
        .agg(members=pl.col("user").n_unique())
        .filter(pl.col("members") <= LARGEST_TEAM)
        .select("partner", "group")
        .collect()
    )


def _who_share_work(acquainted: pl.DataFrame, looked: pl.LazyFrame) -> pl.DataFrame:
    """Return those users and colleagues who both looked up several of the same persons with a dossier."""
    if acquainted.is_empty():
        return acquainted
    users = acquainted.select("partner", "user").unique()
    colleagues = acquainted.select("partner", user="colleague").unique()
    theirs = looked.join(users.lazy(), on=["partner", "user"], how="semi").select(*_PAIR).unique().collect()
    others = looked.join(colleagues.lazy(), on=["partner", "user"], how="semi").select(*_PAIR).unique()
    together = (
        acquainted.lazy()
        .join(theirs.lazy(), on=["partner", "user"], how="inner")
        .join(
            others.rename({"user": "colleague"}),
            on=["partner", "colleague", "person"],
            how="semi",
        )
        .group_by("partner", "user", "colleague")
        .agg(shared=pl.len())
        .collect()
    )
    works = theirs.group_by("partner", "user").agg(works=pl.len())
    return together.join(works, on=["partner", "user"]).filter(
        (pl.col("shared") >= SHARED) & (pl.col("shared") >= pl.col("works") * SHARED_PART)
    )
