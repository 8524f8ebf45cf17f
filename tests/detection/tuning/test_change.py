"""A detector changes by two people, after a trial."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction

from compliance.detection.detectors.catalogue import DETECTORS
from compliance.detection.tuning.decide import NotTriedError, OwnProposalError, put_in_force, refuse
from compliance.detection.tuning.models import DetectorChange
from compliance.detection.tuning.propose import AlreadyProposedError, NothingChangesError, propose
from compliance.detection.tuning.standing import Standing, standing_of
from compliance.detection.tuning.vocabulary import ChangeState
from compliance.kernel.clock import now
from compliance.kernel.errors import ForbiddenError, InvalidInputError, NotFoundError
from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

DETECTOR = next(one for one in DETECTORS.values() if one.parameters)
PARAMETER = DETECTOR.parameters[0]
REASON = "Too many of these were expected"


def _propose(account: Account, **told: Any) -> DetectorChange:
    given: dict[str, Any] = {
        "detector": DETECTOR.id,
        "enabled": False,
        "parameters": {},
        "since": date(2016, 3, 1),
        "until": date(2016, 3, 31),
        "reason": REASON,
    }
    return propose(account=account, **(given | told))


def _tried(account: Account, **told: Any) -> DetectorChange:
    change = _propose(account, **told)
    DetectorChange.objects.filter(pk=change.pk).update(state=ChangeState.TRIED, tried_at=now())
    return change


def test_a_second_person_puts_it_in_force(cast: Mapping[str, Account]) -> None:
    change = _tried(cast["officer"], enabled=True, parameters={PARAMETER.name: PARAMETER.most})
    assert standing_of(DETECTOR.id) == Standing()
    put_in_force(uid=change.uid, reason=REASON, account=cast["second-officer"])
    assert standing_of(DETECTOR.id) == Standing(enabled=True, parameters={PARAMETER.name: PARAMETER.most})
    kinds = list(Act.objects.filter(object_id=change.uid).order_by("id").values_list("kind", flat=True))
    assert kinds == [ActKind.DETECTOR_PROPOSED, ActKind.DETECTOR_CHANGED]


def test_nobody_puts_an_own_proposal_in_force(cast: Mapping[str, Account]) -> None:
    change = _tried(cast["officer"])
    with pytest.raises(OwnProposalError):
        put_in_force(uid=change.uid, reason=REASON, account=cast["officer"])
    change.refresh_from_db()
    change.state, change.decided_by, change.decided_at = ChangeState.IN_FORCE, "officer", now()
    with pytest.raises(DatabaseError), transaction.atomic():
        change.save()


def test_what_was_not_tried_does_not_come_in_force(cast: Mapping[str, Account]) -> None:
    change = _propose(cast["officer"])
    with pytest.raises(NotTriedError):
        put_in_force(uid=change.uid, reason=REASON, account=cast["second-officer"])


def test_one_setting_replaces_the_other(cast: Mapping[str, Account]) -> None:
    first = _tried(cast["officer"])
    put_in_force(uid=first.uid, reason=REASON, account=cast["second-officer"])
    second = _tried(cast["officer"], enabled=True)
    put_in_force(uid=second.uid, reason=REASON, account=cast["second-officer"])
    first.refresh_from_db()
    assert (first.state, standing_of(DETECTOR.id)) == (ChangeState.REPLACED, Standing())


def test_who_proposed_may_take_it_back(cast: Mapping[str, Account]) -> None:
    change = _propose(cast["officer"])
    assert refuse(uid=change.uid, reason=REASON, account=cast["officer"]).state == ChangeState.REFUSED
    _propose(cast["officer"])


def test_two_changes_of_one_detector_do_not_wait_together(cast: Mapping[str, Account]) -> None:
    _propose(cast["officer"])
    with pytest.raises(AlreadyProposedError):
        _propose(cast["second-officer"])


def test_what_changes_nothing_is_told(cast: Mapping[str, Account]) -> None:
    with pytest.raises(NothingChangesError):
        _propose(cast["officer"], enabled=True, parameters={PARAMETER.name: PARAMETER.default})


@pytest.mark.parametrize(
    ("told", "pointer"),
    [
        ({"parameters": {"no-such": 1.0}}, "/parameters/no-such"),
        ({"parameters": {PARAMETER.name: PARAMETER.most + 1}}, f"/parameters/{PARAMETER.name}"),
        ({"reason": "short"}, "/reason"),
        ({"since": date(2016, 4, 1)}, "/since"),
        ({"since": date(2014, 4, 1)}, "/since"),
        ({"until": date(2999, 4, 1)}, "/until"),
    ],
)
def test_a_fault_is_named(cast: Mapping[str, Account], told: dict[str, Any], pointer: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        _propose(cast["officer"], **told)
    assert caught.value.errors[0].pointer == pointer


def test_today_cannot_be_tried_on(cast: Mapping[str, Account]) -> None:
    today = now().date() + timedelta(days=1)
    with pytest.raises(InvalidInputError):
        _propose(cast["officer"], since=today - timedelta(days=3), until=today)


def test_only_officers_change_detectors(cast: Mapping[str, Account]) -> None:
    for name in ("auditor", "operator", "vdab-dpo", "nobody"):
        with pytest.raises(ForbiddenError):
            _propose(cast[name])
    with pytest.raises(NotFoundError):
        _propose(cast["officer"], detector="no-such")


def test_a_change_is_never_deleted(cast: Mapping[str, Account]) -> None:
    change = _propose(cast["officer"])
    with pytest.raises(DatabaseError), transaction.atomic():
        change.delete()
