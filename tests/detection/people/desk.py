"""A partner's desk at work for three months, in which a test plants what is out of the ordinary.

Twenty users have thirty clients each, and look up four a day. Of one client in a hundred the dossier was never fed in.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import polars as pl
from django.utils.translation import override

from compliance.detection.detectors.baseline import DOSSIERS, Baseline
from compliance.detection.detectors.history import History
from compliance.detection.detectors.make_window import make_window
from compliance.detection.detectors.people.listed import PEOPLE
from compliance.detection.detectors.window import TRAFFIC
from compliance.detection.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.detection.detectors.detector import Detector
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

Row = dict[str, Any]
DAY = date(2016, 5, 12)  # a Thursday, in summer time
USERS = range(1, 21)
CLIENTS = 30
A_DAY = 4
DAYS = 90
STRANGERS = 900_000
_WITHOUT = 97
_BY_ID = {detector.id: detector for detector in PEOPLE}


def client(user: int, number: int) -> int:
    """Return a client of a user."""
    return user * 1_000 + number % CLIENTS


def has_dossier(user: int, number: int) -> bool:
    """Tell whether a client's dossier was fed in."""
    return (user * 7 + number) % _WITHOUT > 0


def look_up(user: int, person: int, *, at: float = 10.0, day: date = DAY, **told: Any) -> Row:
    """Return a look-up by hand, at an hour of the clock in Brussels (in summer)."""
    return {
        "at": datetime.combine(day, time(), UTC) + timedelta(hours=at - 2),
        "partner": "VDAB",
        "asker": "VDAB",
        "source": "KBI",
        "service": "KBI-DOSSIER",
        "purpose": "JOB-MEDIATION",
        "route": "MAGDA",
        "direction": "provided",
        "trigger": "manual",
        "environment": "production",
        "outcome": "succeeded",
        "verdict": "covered",
        "delivered": "IDENTIFICATION",
        "search_keys": "insz",
        "user": user,
        "person": person,
        "group": "bemiddelaar",
        "hour": int(at),
        **told,
    }


def ordinary(day: date = DAY, users: Iterable[int] = USERS) -> list[Row]:
    """Return a day's ordinary work, after lunch and before."""
    return [
        look_up(user, client(user, number), at=8.5 + 2 * place + user / 60, day=day)
        for user in users
        for place, number in enumerate(Random(day.toordinal() * 100 + user).sample(range(CLIENTS), A_DAY))  # noqa: S311
    ]


def strangers(user: int, count: int, *, first: int = 0, at: float = 9.0, **told: Any) -> list[Row]:
    """Return look-ups of persons with whom nobody has to do, some minutes apart."""
    return [look_up(user, STRANGERS + first + n, at=at + n / 10, **told) for n in range(count)]


def window_of(rows: Sequence[Row], baseline: Baseline, *, day: date = DAY) -> Window:
    """Return the window of a day. An exchange is named by what it is, so that its place does not matter."""
    named = [
        {"exchange": f"{one['partner']}-{one['user']}-{one['person']}-{one['service']}-{one['at']:%H%M%S}", **one}
        for one in rows
    ]
    traffic = pl.DataFrame([{name: row.get(name) for name in TRAFFIC} for row in named], schema=TRAFFIC)
    return make_window(day, traffic, baseline)


def dossiers() -> pl.DataFrame:
    """Return the dossiers that were fed in."""
    rows = [
        {"partner": "VDAB", "person": client(user, n), "dossier": client(user, n), "holder": user}
        for user in USERS
        for n in range(CLIENTS)
        if has_dossier(user, n)
    ]
    whole = [{name: row.get(name) for name in DOSSIERS} | {"opened": date(2015, 1, 1)} for row in rows]
    return pl.DataFrame(whole, schema=DOSSIERS)


@cache
def past() -> Baseline:
    """Return what is known after three months of ordinary work."""
    return after()


def after(*more: Row) -> Baseline:
    """Return what is known after three months in which this happened beside the ordinary work."""
    history = History(Baseline(dossiers=dossiers(), feeding=frozenset({"VDAB"})))
    for number in range(DAYS, 0, -1):
        day = DAY - timedelta(days=number)
        rows = ordinary(day) if day.isoweekday() <= 5 else []
        rows += [row for row in more if row["at"].date() == day]
        history.take(window_of(rows, history.baseline(day), day=day))
    return history.baseline(DAY)


def found(
    name: str, rows: Sequence[Row], baseline: Baseline | None = None, *, day: date = DAY, **settings: float
) -> list[Finding]:
    """Return what a detector finds in a day, in the order of the keys."""
    known = past() if baseline is None else baseline
    detector: Detector = _BY_ID[name]
    findings = detector.detect(window_of(rows, known, day=day), known, detector.settings(settings))
    return sorted(findings, key=lambda one: one.key)


def said(finding: Finding) -> str:
    """Return the sentence of a finding, in English."""
    with override("en"):
        return sentence(finding.detector, finding.facts)
