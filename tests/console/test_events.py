"""Planned events at both doors: a partner announces, an officer accepts, and another partner sees no trace."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from compliance.detection.planned_events.models import PlannedEvent
from compliance.detection.planned_events.vocabulary import EventState
from compliance.kernel.clock import BRUSSELS, now

if TYPE_CHECKING:
    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db


def body(**changes: str) -> dict[str, str]:
    at = now().astimezone(BRUSSELS)
    return {
        "kind": "enrolment",
        "name": "Enrolment for September",
        "begins": f"{at:%Y-%m-%dT%H:%M}",
        "ends": f"{at + timedelta(days=9):%Y-%m-%dT%H:%M}",
        **changes,
    }


def test_a_partner_announces_and_an_officer_accepts(client_of: ClientOf) -> None:
    partner = client_of("vdab-dpo")
    assert partner.post(reverse("portal-events"), body()).status_code == 302
    event = PlannedEvent.objects.get()
    assert "not yet accepted" in partner.get(reverse("portal-events")).content.decode()
    officer = client_of("officer")
    assert "Accept it" in officer.get(reverse("events")).content.decode()
    officer.post(reverse("event-act", args=[event.uid, "accept"]))
    event.refresh_from_db()
    assert event.state == EventState.ACCEPTED
    again = officer.post(reverse("event-act", args=[event.uid, "refuse"]), {"reason": "we were not told of it"})
    assert again.status_code == 409
    assert "before you" in again.content.decode()


def test_another_partner_sees_no_trace_of_it(client_of: ClientOf) -> None:
    client_of("vdab-dpo").post(reverse("portal-events"), body())
    event = PlannedEvent.objects.get()
    stranger = client_of("vmsw-requester")
    assert "Enrolment for September" not in stranger.get(reverse("portal-events")).content.decode()
    told = stranger.post(reverse("portal-event-act", args=[event.uid, "cancel"]), {"reason": "it is put off to May"})
    assert told.status_code == 404


def test_what_lacks_is_told_beside_the_field_and_what_was_typed_is_kept(client_of: ClientOf) -> None:
    told = client_of("officer").post(reverse("events"), body(ends="2016-01-01T00:00", explanation="twice as much"))
    words = told.content.decode()
    assert told.status_code == 422
    assert "The end must come after the beginning." in words
    assert "twice as much" in words
    assert not PlannedEvent.objects.exists()


def test_an_officer_says_of_which_partner_and_cancels_with_a_reason(client_of: ClientOf) -> None:
    officer = client_of("officer")
    officer.post(reverse("events"), body(partner="VDAB"))
    event = PlannedEvent.objects.get()
    assert event.partner is not None
    short = officer.post(reverse("event-act", args=[event.uid, "cancel"]), {"reason": "no"})
    assert short.status_code == 422
    officer.post(reverse("event-act", args=[event.uid, "cancel"]), {"reason": "it is put off until spring"})
    words = officer.get(reverse("events")).content.decode()
    assert "cancelled" in words
    assert "it is put off until spring" in words
