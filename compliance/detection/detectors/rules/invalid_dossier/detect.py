"""Look-ups on a dossier that was closed long ago, is not open yet, or is somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.rules.dossiers import (
    OWN_REFERENCE,
    UNEXPLAINED,
    held,
    look_ups_of_feeding_partners,
    quoted,
    unlike_colleagues,
)
from compliance.detection.detectors.rules.grouped import exchanges_where, finding, grouped, surer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

CLOSED, NOT_YET, ANOTHER = "closed", "not-yet", "another"
_BY: Final = ("partner", "user")
_BELIEVED: Final = (0.2, 8.0)
"""Of partners with few users: one person in forty, on the word of eight."""
_HALF: Final = 3.0


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Find users with unexplained look-ups, in one day, of enough persons on dossiers that give no reason.

    A list of dossiers is never whole, so it must also be unlike what the others of the partner have that day. A person
    counts once for a user.
    """
    rows = look_ups_of_feeding_partners(window, baseline)
    if rows.is_empty():
        return
    near = baseline.dossiers.join(rows.select("partner").unique(), on="partner", how="semi")
    rows = (
        rows.join(quoted(near), on=("partner", "dossier"), how="left")
        .join(held(near, window), on=("partner", "person"), how="left")
        .with_columns(why=pl.when(UNEXPLAINED).then(_why(window, settings)))
    )
    wrong = pl.col("why").is_not_null()
    persons = rows.group_by(_BY).agg(count=pl.col("person").filter(wrong).n_unique(), of=pl.col("person").n_unique())
    others = persons.with_columns(
        all_count=pl.col("count").sum().over("partner") - pl.col("count"),
        all_of=pl.col("of").sum().over("partner") - pl.col("of"),
    )
    told_of = {(row["partner"], row["user"]): row for row in others.iter_rows(named=True)}
    for group in grouped(
        rows.filter(wrong),
        *_BY,
        days=(pl.lit(window.day) - pl.col("last_closed")).dt.total_days().min(),
        **{why: exchanges_where(pl.col("why") == why) for why in (CLOSED, NOT_YET, ANOTHER)},
    ):
        user = told_of[group.key["partner"], group.key["user"]]
        if user["count"] < settings["least_persons"]:
            continue
        tail, _ = unlike_colleagues(
            user["count"], user["of"], others=(user["all_count"], user["all_of"]), believed=_BELIEVED
        )
        if tail > settings["tail"]:
            continue
        told = group.told
        yield finding(
            INVALID_DOSSIER,
            group,
            window=window,
            baseline=baseline,
            score=surer(group.exchanges + told[ANOTHER], half=_HALF),
            tail=tail,
            facts={
                "kind": next((why for why in (CLOSED, NOT_YET, ANOTHER) if told[why] == group.exchanges), None),
                "look_ups": group.exchanges,
                "closed": told[CLOSED],
                "not_yet": told[NOT_YET],
                "another": told[ANOTHER],
                "days": told["days"],
            },
        )


def _why(window: Window, settings: Mapping[str, float]) -> pl.Expr:
    """Return what is wrong with the dossier of a look-up, or null."""
    another = OWN_REFERENCE & pl.col("owners").is_not_null() & ~pl.col("owners").list.contains(pl.col("person"))
    since = (pl.lit(window.day) - pl.col("last_closed")).dt.total_days()
    not_open = ~pl.col("open").fill_null(value=True)
    closed = not_open & (since >= settings["grace_days"])
    not_yet = not_open & pl.col("last_closed").is_null() & pl.col("next_opened").is_not_null()
    return (
        pl.when(another)
        .then(pl.lit(ANOTHER))
        .when(closed)
        .then(pl.lit(CLOSED))
        .when(not_yet)
        .then(pl.lit(NOT_YET))
        .otherwise(pl.lit(None, dtype=pl.String))
    )


INVALID_DOSSIER: Final = Detector(
    id="invalid-dossier",
    family=Family.PEOPLE,
    tier=Tier.PATTERN,
    parameters=(
        Parameter(name="grace_days", default=90, unit="days", least=0, most=3650),
        Parameter(name="least_persons", default=2, unit="persons", least=1, most=50),
        Parameter(name="tail", default=0.001, unit="probability", least=1e-9, most=0.5),
    ),
    detect=detect,
)
