"""What is announced surprises nobody: an officer's counts at once, a partner's once an officer accepted it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from compliance.detection.planned_events.announce import Announcement, announce
from compliance.detection.planned_events.models import PlannedEvent
from compliance.detection.planned_events.settle import SettledBeforeError, accept, cancel, refuse
from compliance.detection.planned_events.vocabulary import EventKind, EventState
from compliance.detection.reading.register import read_register
from compliance.kernel.clock import BRUSSELS, now
from compliance.kernel.errors import ForbiddenError, InvalidInputError, NotFoundError
from compliance.notices.models import Notice
from compliance.oversight.models import Act

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account
    from compliance.detection.detectors.baseline import PlannedEvent as Planned

pytestmark = pytest.mark.django_db

WHY = "we were not told of this migration"


def planned(**changes: Any) -> Announcement:
    given: dict[str, Any] = {
        "kind": EventKind.ENROLMENT,
        "name": "Enrolment for September",
        "begins": now(),
        "ends": now() + timedelta(days=10),
        **changes,
    }
    return Announcement(**given)


def known() -> tuple[Planned, ...]:
    return read_register(now().astimezone(BRUSSELS).date()).calendar.events


def test_what_an_officer_announces_counts_at_once(cast: Mapping[str, Account]) -> None:
    event = announce(account=cast["officer"], announcement=planned(partner="VDAB"))
    assert [(one.name, one.partner) for one in known()] == [("Enrolment for September", "VDAB")]
    assert Act.objects.get(object_id=event.uid).kind == "event:announced"


def test_what_a_partner_announces_is_its_own_and_counts_once_it_is_accepted(cast: Mapping[str, Account]) -> None:
    event = announce(account=cast["vdab-dpo"], announcement=planned(partner="VMSW"))
    assert event.partner is not None
    assert event.partner.code == "VDAB"
    assert known() == ()
    assert {notice.recipient.username for notice in Notice.objects.all()} == {"officer", "second-officer"}
    accept(uid=event.uid, account=cast["officer"])
    assert len(known()) == 1
    assert Notice.objects.get(kind="event-settled").recipient == cast["vdab-dpo"]
    with pytest.raises(SettledBeforeError):
        refuse(uid=event.uid, account=cast["second-officer"], reason=WHY)


def test_what_is_refused_or_cancelled_counts_no_longer_and_says_why(cast: Mapping[str, Account]) -> None:
    first = announce(account=cast["vdab-requester"], announcement=planned())
    with pytest.raises(InvalidInputError):
        refuse(uid=first.uid, account=cast["officer"], reason="no")
    assert refuse(uid=first.uid, account=cast["officer"], reason=WHY).settled_reason == WHY
    second = announce(account=cast["vdab-requester"], announcement=planned())
    accept(uid=second.uid, account=cast["officer"])
    cancel(uid=second.uid, account=cast["vdab-dpo"], reason="it is put off until spring")
    assert PlannedEvent.objects.get(pk=second.pk).state == EventState.CANCELLED
    assert known() == ()


def test_another_partner_sees_no_trace_of_it(cast: Mapping[str, Account]) -> None:
    event = announce(account=cast["vdab-dpo"], announcement=planned())
    stranger = cast["vmsw-requester"]
    assert not PlannedEvent.objects.visible_to(stranger).exists()
    assert not Notice.objects.filter(recipient=stranger).exists()
    with pytest.raises(NotFoundError):
        accept(uid=event.uid, account=stranger)
    with pytest.raises(NotFoundError):
        cancel(uid=event.uid, account=stranger, reason=WHY)


def test_a_partner_accepts_nothing_and_others_announce_nothing(cast: Mapping[str, Account]) -> None:
    event = announce(account=cast["vdab-dpo"], announcement=planned())
    with pytest.raises(ForbiddenError):
        accept(uid=event.uid, account=cast["vdab-dpo"])
    for name in ("auditor", "operator", "nobody"):
        with pytest.raises(ForbiddenError):
            announce(account=cast[name], announcement=planned())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"ends": now() - timedelta(days=1)}, "ends"),
        ({"ends": now() + timedelta(days=900)}, "ends"),
        ({"service": "no-such-service"}, "service"),
        ({"partner": "NOBODY"}, "partner"),
    ],
)
def test_an_announcement_names_what_it_is_about_and_ends(
    cast: Mapping[str, Account], changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInputError) as told:
        announce(account=cast["officer"], announcement=planned(**changes))
    assert [error.pointer for error in told.value.errors] == [f"/{field}"]
