"""The operator registers systems that are told, and sends again what was given up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from compliance.kernel.clock import now
from compliance.notices.webhooks.announce import announce
from compliance.notices.webhooks.models import Webhook, WebhookMessage
from compliance.notices.webhooks.vocabulary import WebhookEvent
from tests.console.reading import words_of

if TYPE_CHECKING:
    from django.test import Client

    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db

GIVEN = {"name": "SIEM", "url": "https://siem.example/hooks", "events": ["case.opened", "breach.started"]}


@pytest.fixture
def operator(client_of: ClientOf) -> Client:
    """Return the browser of the operator."""
    return client_of("operator")


def test_a_secret_is_shown_once(operator: Client) -> None:
    shown = words_of(operator.post("/webhooks/", GIVEN))
    secret = re.findall(r"whsec_\S+", shown)[0]
    page = operator.get("/webhooks/")
    assert "https://siem.example/hooks" in words_of(page)
    assert secret not in page.content.decode()
    replaced = words_of(operator.post(f"/webhooks/{Webhook.objects.get().uid}/secret"))
    assert secret not in replaced
    assert "whsec_" in replaced


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"url": "http://siem.example/"}, "Give an address that begins with https://"),
        ({"url": "https://10.0.0.7/"}, "This leads into a network that is not public."),
        ({"events": []}, "Choose at least one event."),
    ],
)
def test_what_is_wrong_stands_beside_the_field(operator: Client, changed: dict[str, object], told: str) -> None:
    answer = operator.post("/webhooks/", {**GIVEN, **changed})
    assert answer.status_code == 422
    assert told in words_of(answer)
    assert 'value="SIEM"' in answer.content.decode()
    assert not Webhook.objects.exists()


def test_what_was_given_up_is_listed_and_sent_again(operator: Client) -> None:
    operator.post("/webhooks/", GIVEN)
    message = announce(WebhookEvent.CASE_OPENED, at=now(), code="DOSSIER-2026-0001", address="/")[0]
    WebhookMessage.objects.update(due_at=None, dead_at=now(), fault="HTTP 503")
    assert "DOSSIER-2026-0001" in words_of(operator.get("/webhooks/"))
    assert operator.post(f"/webhooks/messages/{message.uid}/resend").status_code == 302
    assert "Every message was taken, or is still tried." in words_of(operator.get("/webhooks/"))


def test_a_webhook_that_is_closed_is_told_nothing_and_listed_no_more(operator: Client) -> None:
    operator.post("/webhooks/", GIVEN)
    operator.post(f"/webhooks/{Webhook.objects.get().uid}/close")
    assert announce(WebhookEvent.CASE_OPENED, at=now(), code="D", address="/") == []
    assert "No system is told anything yet." in words_of(operator.get("/webhooks/"))
