"""Whoever asks is told where less would do, from what was used and from what others published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from django.utils import translation

from compliance.authorisations.requests.content import Delivery, Duration, RequestContent, RequestedData, Wanted
from compliance.authorisations.requests.vocabulary import Rhythm, Section
from compliance.kernel.clock import BRUSSELS, now
from compliance.reporting.less_would_do import less_would_do
from compliance.reporting.months import Month
from compliance.statistics.models import MonthCount, VersionUse
from compliance.statistics.vocabulary import UseKind
from tests.authorisations.requests.asking import complete, live
from tests.console.figures import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.access.models import Account

    Cast = Mapping[str, Account]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]
OURS = "PROT-VB-2018-01/1"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def asked(**parts: object) -> RequestContent:
    content = complete(RequestContent())
    parties = msgspec.structs.replace(content.parties, recipient="VDAB", provider="KBI")
    return msgspec.structs.replace(content, parties=parties, **parts)


def of_categories(*codes: str) -> RequestContent:
    wanted = tuple(Wanted(code, "Nodig.") for code in codes)
    return asked(data=RequestedData(services=("KBI-DOSSIER", "KBI-TRAJECT"), categories=wanted))


def used(kind: UseKind, code: str = "") -> None:
    month = Month.of(now().astimezone(BRUSSELS).date()).plus(-2).first_day
    told = {"authorisation": OURS, "partner": "VDAB", "month": month, "environment": "production"}
    VersionUse.objects.create(**told, verdict="covered", kind=kind, code=code, count=10)


def told(content: RequestContent, section: Section) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for less in less_would_do(content, section=section, at=now()):
        assert less.section is section
        found.setdefault(less.field, []).append(less.words)
    return found


def test_categories_that_nobody_used_are_counted_and_named() -> None:
    used(UseKind.EXCHANGE)
    used(UseKind.REQUESTED, "IDENTIFICATION")
    found = told(of_categories("IDENTIFICATION", "TRAJECTORY", "CONTACT", "HOUSEHOLD"), Section.DATA)
    assert found["categories"] == [
        "2 of your 4 categories were not used in the last twelve months. Do you still need them?"
    ]
    assert any("You did not use" in words for words in found["categories/1/why"])
    assert any("You did not use" in words for words in found["categories/2/why"])
    assert "categories/0/why" not in found
    assert not any("You did not use" in words for words in found.get("categories/3/why", []))  # it was never allowed


def test_without_any_exchange_nothing_is_said_of_use() -> None:
    assert "categories" not in told(of_categories("IDENTIFICATION", "TRAJECTORY"), Section.DATA)


def test_special_categories_and_those_that_no_service_delivers_are_flagged() -> None:
    found = told(of_categories("IDENTIFICATION", "MEDICAL-EXEMPTION"), Section.DATA)
    special, undelivered = found["categories/1/why"]
    assert "special category (GDPR art. 9)" in special
    assert "None of the services" in undelivered


@pytest.mark.parametrize(
    ("rhythm", "expected", "count", "fields"),
    [
        (Rhythm.DAILY, 10, 19, {"rhythm"}),
        (Rhythm.DAILY, 10, 20, set()),
        (Rhythm.WEEKLY, 3, 3, {"rhythm"}),
        (Rhythm.ON_DEMAND, 100, 49, {"expected_per_month"}),
        (Rhythm.ON_DEMAND, 100, 50, set()),
        (Rhythm.DAILY, 100, 0, set()),
    ],
)
def test_more_often_than_ones_own_use_is_said(rhythm: Rhythm, expected: int, count: int, fields: set[str]) -> None:
    if count:
        month = Month.of(now().astimezone(BRUSSELS).date()).plus(-1).first_day
        counted(MonthCount, month=month, partner="VDAB", count=count)
    counted(MonthCount, month=now().date().replace(day=1), partner="VMSW", count=1_000_000)
    content = asked(rhythm=Delivery(routes=("MAGDA",), rhythm=rhythm, expected_per_month=expected))
    assert set(told(content, Section.RHYTHM)) == fields


def test_a_longer_retention_than_published_for_the_same_purpose_is_said(cast: Cast) -> None:
    live(cast)  # keeps the data 24 months
    longer, as_long = (asked(duration=Duration(retention_months=months)) for months in (25, 24))
    assert told(longer, Section.DURATION) == {
        "retention_months": ["Protocols for the same purpose keep the data at most 24 months; you ask 25."]
    }
    assert not told(as_long, Section.DURATION)


@pytest.mark.parametrize("section", sorted(set(Section) - {Section.DATA, Section.RHYTHM, Section.DURATION}))
def test_the_other_steps_have_nothing_to_do_without(section: Section) -> None:
    assert less_would_do(asked(), section=section, at=now()) == []
