"""Users who quote dossiers that their organisation never told us of, far more than their colleagues do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.rules.dossiers import (
    OWN_REFERENCE,
    UNEXPLAINED,
    look_ups_of_feeding_partners,
    quoted,
    unlike_colleagues,
)
from compliance.detection.detectors.rules.grouped import finding, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

_BY: Final = ("partner", "user")
_BELIEVED: Final = (1.0, 4.0)
"""Of partners with few users: one dossier in four is missing, on the word of four."""


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Hold each user's share of unknown dossiers against that of the others of the partner that day.

    A dossier counts once for a user, however often it is given.
    """
    rows = look_ups_of_feeding_partners(window, baseline).filter(pl.col("dossier").is_not_null() & OWN_REFERENCE)
    if rows.is_empty():
        return
    missing = pl.col("owners").is_null() & UNEXPLAINED
    rows = rows.join(quoted(baseline.dossiers), on=("partner", "dossier"), how="left").with_columns(missing=missing)
    unknown = pl.col("dossier").filter(pl.col("missing"))
    totals = {
        partner: (int(count), int(of))
        for partner, count, of in rows.group_by(_BY)
        .agg(count=unknown.n_unique(), of=pl.col("dossier").n_unique())
        .group_by("partner")
        .agg(pl.col("count").sum(), pl.col("of").sum())
        .iter_rows()
    }
    rank = pl.col("missing").cast(pl.Int8)
    for group in grouped(rows, *_BY, first=rank, count=unknown.n_unique(), of=pl.col("dossier").n_unique()):
        count, of = group.told["count"], group.told["of"]
        if count < settings["least_missing"]:
            continue
        all_missing, all_quoting = totals[group.key["partner"]]
        tail, share = unlike_colleagues(count, of, others=(all_missing - count, all_quoting - of), believed=_BELIEVED)
        if tail > settings["tail"]:
            continue
        yield finding(
            MISSING_DOSSIER,
            group,
            window=window,
            baseline=baseline,
            score=1.0 - tail,
            tail=tail,
            facts={"dossiers": of, "missing": count, "usual": round(100 * share)},
        )


MISSING_DOSSIER: Final = Detector(
    id="missing-dossier",
    family=Family.PEOPLE,
    tier=Tier.STATISTIC,
    parameters=(
        Parameter(name="least_missing", default=3, unit="dossiers", least=1, most=100),
        Parameter(name="tail", default=0.001, unit="probability", least=1e-9, most=0.1),
    ),
    detect=detect,
)
