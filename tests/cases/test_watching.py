"""What fails unseen lets misuse by unseen: a detector that raises, a log that waits, a follower that stands still."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from compliance.cases.decide import Judgement, decide
from compliance.cases.models import Case
from compliance.cases.raising.watch_detectors import watch_detectors
from compliance.cases.raising.watch_followers import watch_followers
from compliance.cases.sentences import sentence_of
from compliance.cases.vocabulary import CaseKind, Outcome
from compliance.detection.models import DetectedDay
from compliance.kernel.actor import system
from compliance.kernel.clock import microseconds, now
from compliance.kernel.record_id import record_id
from compliance.ledger.append import append
from compliance.ledger.logs import LogNumber
from compliance.ledger.months import ensure_months, month_of
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind
from compliance.statistics.models import FollowerCursor
from tests.cases.given import days_ago

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_django.fixtures import Settings

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db

MENDED = Judgement(outcome=Outcome.EXPLAINED, reason="a column was missing; it is mended")


def failed(**failures: str) -> DetectedDay:
    day, _ = DetectedDay.objects.update_or_create(
        day=days_ago(1),
        defaults={
            "until": now(),
            "looked_at": now(),
            "exchanges": 1,
            "findings": 0,
            "milliseconds": 1,
            "failures": failures,
        },
    )
    return day


def test_a_detector_that_fails_is_one_case_until_it_is_decided_and_another_when_it_fails_after(
    cast: Mapping[str, Account],
) -> None:
    failed(enumeration="KeyError at compliance/x.py:3", drift="ValueError at compliance/y.py:4")
    assert {case.facts["detector"] for case in watch_detectors()} == {"enumeration", "drift"}
    assert watch_detectors() == []
    first = Case.objects.get(story="drift")
    assert "drift" in sentence_of(first)
    decide(case=first, account=cast["officer"], judgement=MENDED)
    assert watch_detectors() == []
    failed(drift="ValueError at compliance/y.py:4")
    (again,) = watch_detectors()
    assert again.earlier == first


def test_entries_that_wait_longer_than_a_receipt_promises_are_a_case(settings: Settings) -> None:
    record_act(actor=system("somebody"), kind=ActKind.SIGNED_IN)
    assert watch_followers() == []
    settings.MAX_MERGE_DELAY_SECONDS = -1
    assert [case.kind for case in watch_followers()] == [CaseKind.UNSEALED]
    assert watch_followers() == []


def test_a_follower_that_stands_still_is_a_case_and_one_with_nothing_to_do_is_not() -> None:
    FollowerCursor.objects.create(follower="detection", next_xid=0, moved_at=now())
    assert watch_followers() == []
    recorded_at = now() - timedelta(hours=3)
    ensure_months([month_of(recorded_at)])
    number = record_id(key=b"test", at=microseconds(recorded_at), producer="test", reference="one")
    append(log=LogNumber.EXCHANGES, identifier=UUID(bytes=number), recorded_at=recorded_at, leaf=b"{}")
    found = {case.kind: case for case in watch_followers()}
    assert found[CaseKind.BEHIND].facts["follower"] == "detection"
    assert "180" in sentence_of(found[CaseKind.BEHIND])
    FollowerCursor.objects.update(next_xid=2**62)
    assert CaseKind.BEHIND not in {case.kind for case in watch_followers()}
