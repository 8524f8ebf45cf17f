"""Findings as detectors make them, in the KBI's own world, and the cases that come of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from compliance.cases.models import Case
from compliance.cases.raising.raise_cases import raise_cases
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.finding import Finding as Seen
from compliance.detection.models import Finding, PairDay
from compliance.kernel.clock import BRUSSELS, now
from compliance.statistics.models import HourCount
from tests.console.exchanges import VMSW, recorded
from tests.console.figures import counted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

USER, OTHER_USER, PERSON = 7_001, 7_002, 9_001


def yesterday() -> date:
    """Return the day before today, in Brussels."""
    return (now().astimezone(BRUSSELS) - timedelta(days=1)).date()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of a day in Brussels."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BRUSSELS)


def looked_up(when: datetime, number: int, *, user: str = "u-13", **changes: Any) -> UUID:
    """Record a look-up by hand."""
    return recorded(
        message_reference=f"look-{user}-{number}",
        started_at=when.isoformat(),
        ended_at=None,
        dossier=None,
        asker={
            "organisation": "VDAB",
            "application": "Mijn Loopbaan",
            "user": {"kind": "local", "value": user, "group": "bemiddelaar"},
        },
        **changes,
    )


def found(**fields: Any) -> Finding:
    """Keep a finding, as detection does."""
    moment = now()
    day = yesterday()
    said: dict[str, Any] = {
        "detector": "same-person-again",
        "family": Family.PEOPLE,
        "tier": Tier.PATTERN,
        "period": day.isoformat(),
        "begins": at(day, 18),
        "ends": at(day, 21),
        "partner": "VDAB",
        "score": 0.9,
        "days": [day],
        "found_at": moment,
        "seen_at": moment,
    }
    said.update(fields)
    named = ("detector", "family", "tier", "period", "begins", "ends", "partner", "service", "series", "user", "person")
    told = {name: said[name] for name in named if name in said}
    return Finding.objects.create(key=Seen(**told, score=said["score"]).key, **said)


def paired(
    user: int, person: int, *, look_ups: int, unexplained: int, partner: str = "VDAB", days_ago: int = 0
) -> None:
    """Keep who looked at whom."""
    PairDay.objects.create(
        day=yesterday() - timedelta(days=days_ago),
        partner=partner,
        user=user,
        person=person,
        look_ups=look_ups,
        direct=look_ups - unexplained,
        unexplained=unexplained,
    )


def same_person_again() -> Finding:
    """See a user of VDAB look at one person again and again, in the evening."""
    day = yesterday()
    evidence = [looked_up(at(day, 18 + number // 3, 7 + 13 * (number % 3)), number) for number in range(8)]
    for number in range(4):
        looked_up(at(day, 9 + 2 * number, 21), 100 + number)
    for days_ago in (0, 2, 3, 5):
        paired(USER, PERSON, look_ups=3, unexplained=3, days_ago=days_ago)
    return found(
        user=USER,
        person=PERSON,
        begins=at(day - timedelta(days=5), 18),
        ends=at(day, 21),
        tail=2.3e-7,
        facts={"times": 4, "days": 30},
        evidence=evidence,
        exchanges=12,
        persons=1,
        categories=["IDENTIFICATION", "TRAJECTORY"],
    )


def without_dossiers() -> Finding:
    """See a user of VDAB look up many persons without a dossier."""
    day = yesterday()
    evidence = [looked_up(at(day, 9 + number // 4, 11 * (number % 4)), number, user="u-77") for number in range(23)]
    for number in range(9):
        paired(OTHER_USER, 9_100 + number, look_ups=1 + number % 3, unexplained=1 if number < 7 else 0)
    return found(
        detector="without-dossiers",
        user=OTHER_USER,
        begins=at(day, 9),
        ends=at(day, 15),
        tail=4.1e-5,
        tier=Tier.STATISTIC,
        facts={"seen": 23, "expected": 2.4},
        evidence=evidence,
        exchanges=31,
        persons=23,
        categories=["IDENTIFICATION"],
    )


def sought_person() -> Finding:
    """See users of several partners look suddenly at one person."""
    day = yesterday()
    for number in range(6):
        partner = ("VDAB", "VMSW", "CVO-CBE")[number % 3]
        paired(7_100 + number, 9_500, look_ups=1 + number % 2, unexplained=number % 2, partner=partner)
    return found(
        detector="sought-person",
        partner="",
        person=9_500,
        begins=at(day, 8),
        ends=at(day, 20),
        tail=8e-4,
        facts={"users": 6, "partners": 3, "days": 1, "kind": "partners"},
        evidence=[looked_up(at(day, 10 + number, 40), number, user=f"u-9{number}") for number in range(6)],
        exchanges=9,
        persons=1,
    )


def volume_spike() -> Finding:
    """See VMSW ask far more on a day than on others."""
    day = yesterday()
    for days_ago in range(60):
        one = day - timedelta(days=days_ago)
        for hour in range(7, 19):
            usual = 0 if one.isoweekday() > 5 else 40 + 3 * ((hour * 7 + days_ago * 5) % 9)
            count = usual * (6 if days_ago == 0 and 11 <= hour < 14 else 1) or (210 if days_ago == 0 else 0)
            if count:
                counted(HourCount, hour=at(one, hour), partner="VMSW", service="KBI-STATUUT", count=count)
    return found(
        detector="spike",
        family=Family.VOLUME,
        tier=Tier.STATISTIC,
        partner="VMSW",
        service="KBI-STATUUT",
        series="partner=VMSW service=KBI-STATUUT",
        begins=at(day, 11),
        ends=at(day, 14),
        tail=6e-9,
        facts={"about": "", "observed": 954, "expected": 160, "from": "11:00", "until": "14:00"},
        evidence=[recorded(**{**VMSW, "started_at": at(day, 12).isoformat(), "ended_at": None})],
        exchanges=954,
    )


def no_cover() -> Finding:
    """See exchanges of CVO/CBE that no authorisation covers."""
    day = yesterday()
    return found(
        detector="no-cover",
        family=Family.COVER,
        tier=Tier.LAW,
        partner="CVO-CBE",
        service="KBI-STATUUT",
        begins=at(day, 7),
        ends=at(day, 19),
        score=1.0,
        facts={"exchanges": 41, "kind": "no-authorisation"},
        evidence=[],
        exchanges=41,
        persons=40,
    )


def case_of(make: Callable[[], Finding]) -> Case:
    """See something, and let it make a case."""
    key = make().key
    raise_cases()
    return Case.objects.get(findings__key=key)
