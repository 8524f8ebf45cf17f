"""A change is tried on past days before it is in force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from compliance.detection.detectors.rules.no_cover import detect as no_cover
from compliance.detection.follow import mark_all
from compliance.detection.in_force import in_force
from compliance.detection.tuning.decide import put_in_force
from compliance.detection.tuning.propose import propose
from compliance.detection.tuning.trial import try_waiting
from compliance.detection.tuning.vocabulary import ChangeState
from compliance.ledger.logs import LogNumber
from compliance.pipeline import follow_until_idle
from tests.console.exchanges import recorded_many
from tests.sealing import seal_everything

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account
    from compliance.detection.tuning.models import DetectorChange

pytestmark = pytest.mark.usefixtures("transactional_db")
REASON = "Seen too often in the past months"
DAYS = {"since": date(2016, 3, 10), "until": date(2016, 3, 14)}


@pytest.fixture
def _followed(cast: object) -> None:
    """Record three exchanges without cover, and let detection follow them."""
    recorded_many(3, purpose="ENROLMENT")
    seal_everything(LogNumber.EXCHANGES)
    follow_until_idle()
    mark_all()


def _proposed(cast: Mapping[str, Account]) -> DetectorChange:
    return propose(detector="no-cover", enabled=False, parameters={}, reason=REASON, account=cast["officer"], **DAYS)


@pytest.mark.usefixtures("_followed")
def test_a_trial_tells_what_would_be_missed(cast: Mapping[str, Account]) -> None:
    _proposed(cast)
    tried = try_waiting()
    assert tried is not None
    assert (tried.state, tried.exchanges, tried.kept, tried.added, len(tried.missed)) == (ChangeState.TRIED, 3, 0, 0, 1)
    assert tried.examples[0]["partner"] == "VDAB"
    assert try_waiting() is None


@pytest.mark.usefixtures("_followed")
def test_what_is_switched_off_does_not_look_any_more(cast: Mapping[str, Account]) -> None:
    assert "no-cover" in in_force().detectors
    change = _proposed(cast)
    try_waiting()
    put_in_force(uid=change.uid, reason=REASON, account=cast["second-officer"])
    assert "no-cover" not in in_force().detectors


@pytest.mark.usefixtures("_followed")
def test_a_detector_that_raises_ends_its_trial_and_says_where(
    cast: Mapping[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("46419900128")  # noqa: EM101 an error that holds a number

    monkeypatch.setattr(no_cover, "with_categories_beyond", fail)
    _proposed(cast)
    tried = try_waiting()
    assert tried is not None
    assert tried.state == ChangeState.FAILED
    assert tried.failure.startswith("KeyError at compliance/detection/detectors/rules/no_cover/detect.py:")
