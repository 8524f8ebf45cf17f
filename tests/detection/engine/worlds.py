"""Small worlds for tests of the engine: exchanges in the ledger, and detectors that say all they were given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from compliance.detection.detectors.detector import Detector
from compliance.detection.detectors.finding import Family, Finding, Tier
from compliance.detection.follow import mark_all
from compliance.detection.in_force import InForce
from compliance.detection.look_again import look_again
from compliance.detection.models import Finding as FindingRow
from compliance.detection.models import KnownUse, PairDay, ProducerDay, UserDay
from compliance.detection.vocabulary import FindingState, RunKind
from compliance.exchanges.record import record
from compliance.ledger.logs import LogNumber
from compliance.simulation.numbers import synthetic_insz
from compliance.statistics.catch_up import catch_up_with_all
from tests.exchanges.world import GATEWAY, report
from tests.sealing import seal_everything

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.window import Window
    from compliance.detection.models import DetectionRun
    from compliance.exchanges.submission import Submission

MONDAY = datetime(2016, 3, 7, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def told(reference: str, at: datetime, *, user: int = 1, person: int = 1, **changes: Any) -> Submission:
    """Return the report of a look-up by hand, with changes to its fields."""
    asker = {"organisation": "VDAB", "user": {"kind": "local", "value": f"u-{user}", "group": "consulent"}}
    fields: dict[str, Any] = {
        "message_reference": reference,
        "started_at": at.isoformat(),
        "asker": asker,
        "subjects": [{"kind": "insz", "value": synthetic_insz(person)}],
        "dossier": None,
        "producer_sequence": None,
    }
    return report(**{**fields, **changes})


def recorded(*reports: Submission) -> list[UUID]:
    """Record exchanges, in one transaction."""
    return [one.id for one in record(reports=list(reports), reporter=GATEWAY)]


def follow_all() -> None:
    """Seal, count and follow everything that was recorded."""
    seal_everything(LogNumber.EXCHANGES)
    catch_up_with_all()
    assert mark_all().caught_up


def detect_all() -> DetectionRun:
    """Follow everything, and look at all that is due."""
    follow_all()
    run = look_again(kind=RunKind.HOURLY)
    assert (run.error, run.waiting) == ("", 0)
    return run


def _finding(window: Window, detector: str, **about: Any) -> Finding:
    given = {"period": str(window.day), "begins": window.begins, "ends": window.ends, "score": 0.5}
    return Finding(detector=detector, family=Family.PEOPLE, tier=Tier.PATTERN, **{**given, **about})


def all_that_is_known(window: Window, baseline: Baseline, _settings: Mapping[str, float]) -> Iterable[Finding]:
    """Find everybody who looked anybody up, and say what was known of everything."""
    facts = {
        "pairs": str(baseline.pairs.rows()),
        "user_days": str(baseline.user_days.rows()),
        "known": str(baseline.known.rows()),
        "sequences": str(baseline.sequences.rows()),
        "counts": str([] if baseline.counts is None else baseline.counts.rows()),
        "window": str(window.counts.rows()),
        "explained": str(window.look_ups.get_column("explained").to_list()),
        "ranges": str(window.look_ups.get_column("number_range").to_list()),
    }
    met = baseline.references.select("producer", "reference")
    for row in window.look_ups.unique(("partner", "user", "person"), maintain_order=True).iter_rows(named=True):
        mine = window.look_ups.filter((pl.col("user") == row["user"]) & (pl.col("person") == row["person"]))
        again = mine.join(met, on=["producer", "reference"], how="semi")
        yield _finding(
            window,
            "all-that-is-known",
            partner=row["partner"],
            user=row["user"],
            person=row["person"],
            facts={**facts, "replayed": len(again)},
            evidence=tuple(mine.get_column("exchange").to_list()),
            exchanges=len(mine),
            persons=1,
        )


def week_of_user(window: Window, baseline: Baseline, _settings: Mapping[str, float]) -> Iterable[Finding]:
    """Find every user of a week: seen by the window of each of its days, the last of which says how much there was."""
    year, week, _ = window.day.isocalendar()
    for (user,), mine in window.look_ups.group_by("user"):
        before = baseline.pairs.filter(pl.col("user") == user).get_column("look_ups").sum()
        yield _finding(
            window,
            "week-of-user",
            period=f"{year}-W{week:02}",
            user=user,
            facts={"look_ups": before + mine.get_column("exchange").n_unique()},
        )


def detector(name: str, detect: Any) -> Detector:
    """Return a detector without parameters."""
    return Detector(id=name, family=Family.PEOPLE, tier=Tier.PATTERN, parameters=(), detect=detect)


def using(**detectors: Any) -> InForce:
    """Return these detectors as what is in force; underscores become hyphens."""
    named = {name.replace("_", "-"): detect for name, detect in detectors.items()}
    return InForce({name: detector(name, detect) for name, detect in named.items()})


BOTH = using(all_that_is_known=all_that_is_known, week_of_user=week_of_user)


def found() -> dict[str, dict[str, Any]]:
    """Return what stands among the findings, by key: all but what depends on when it was found."""
    depends = ("id", "found_at", "seen_at", "leaves")
    rows = FindingRow.objects.exclude(state=FindingState.GONE).order_by("key").values()
    return {row["key"]: {name: value for name, value in row.items() if name not in depends} for row in rows}


def remembered() -> dict[str, list[tuple[Any, ...]]]:
    """Return every profile."""
    return {
        model.__name__: sorted(
            model._default_manager.values_list(*(field.name for field in model._meta.fields if field.name != "id")),
            key=repr,
        )
        for model in (PairDay, UserDay, KnownUse, ProducerDay)
    }
