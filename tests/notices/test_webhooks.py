"""Other systems are told what happens: signed, at least once, to public addresses alone, and about nobody."""

from __future__ import annotations

import json
from datetime import timedelta
from ipaddress import ip_network
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from compliance.kernel.clock import now
from compliance.kernel.errors import ForbiddenError, InvalidInputError, NotFoundError
from compliance.notices.webhooks.announce import announce
from compliance.notices.webhooks.close import close_webhook
from compliance.notices.webhooks.due import WAITS
from compliance.notices.webhooks.models import Webhook, WebhookMessage
from compliance.notices.webhooks.public_address import PrivateAddressError, require_public
from compliance.notices.webhooks.register import Registered, register_webhook
from compliance.notices.webhooks.resend import resend
from compliance.notices.webhooks.rotate import FORMER, rotate_secret
from compliance.notices.webhooks.secrets import octets_of
from compliance.notices.webhooks.send import KEPT, forget_delivered, send_webhooks
from compliance.notices.webhooks.sign import headers_of
from compliance.notices.webhooks.vocabulary import WebhookEvent
from compliance.oversight.models import Act
from kbi_audit.kinds import Networks
from tests.cases.questions.asking import GROUND, TEXT, answered
from tests.console.exchanges import INSZ, recorded
from tests.notices.webhook_server import receiving

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from pytest_django import Settings

    from compliance.access.models import Account
    from tests.notices.webhook_server import Receiver

    Cast = Mapping[str, Account]

ALL = [event.value for event in WebhookEvent]
SECOND = timedelta(seconds=1)


@pytest.fixture
def receiver(settings: Settings, tmp_path: Path) -> Iterator[Receiver]:
    """Serve a receiver on this machine, which is allowed for once."""
    with receiving(tmp_path) as server:
        settings.WEBHOOK_NETWORKS = Networks((ip_network("127.0.0.0/8"), ip_network("::1/128")))
        settings.WEBHOOK_AUTHORITY_FILE = tmp_path / "receiver.pem"
        yield server


@pytest.fixture
def registered(cast: Cast, receiver: Receiver) -> Registered:
    """Register the receiver for every event."""
    return register_webhook(account=cast["operator"], name="SIEM", url=receiver.url, events=ALL)


def announced(at: datetime | None = None) -> WebhookMessage:
    return announce(
        WebhookEvent.CASE_OPENED,
        at=at or now(),
        code="DOSSIER-2026-0001",
        address="/cases/DOSSIER-2026-0001/",
        kind="flagged",
        severity=80,
    )[0]


@pytest.mark.django_db(transaction=True)
def test_a_message_is_verified_by_the_specifications_own_library(registered: Registered, receiver: Receiver) -> None:
    announced()
    assert send_webhooks() == 1
    headers, body = receiver.taken[0]
    assert Verifier(registered.secret).verify(body, headers) == {
        "type": "case.opened",
        "timestamp": json.loads(body)["timestamp"],
        "data": {
            "code": "DOSSIER-2026-0001",
            "kind": "flagged",
            "severity": 80,
            "address": "http://testserver/cases/DOSSIER-2026-0001/",
        },
    }
    with pytest.raises(WebhookVerificationError):
        Verifier(registered.secret).verify(body.replace(b"0001", b"0002"), headers)


@pytest.mark.django_db(transaction=True)
def test_a_question_is_told_without_anything_about_anybody(
    cast: Cast, registered: Registered, receiver: Receiver
) -> None:
    exchange = recorded()
    question = answered(cast, exchanges=[exchange])
    send_webhooks()
    told = b"".join(body for _headers, body in receiver.taken).decode()
    assert [json.loads(body)["type"] for _headers, body in receiver.taken] == ["question.asked", "question.answered"]
    assert question.code in told
    for trace in (TEXT, GROUND, INSZ, "VDAB", "vdab-dpo", str(exchange)):
        assert trace not in told


@pytest.mark.django_db(transaction=True)
def test_what_is_not_taken_is_tried_ever_later_and_given_up_in_the_end(
    registered: Registered, receiver: Receiver
) -> None:
    receiver.status = 503
    at = now()
    message = announced(at)
    for attempts, wait in enumerate(WAITS, 1):
        assert send_webhooks(at=at) == 0
        assert send_webhooks(at=at + wait - SECOND) == 0
        message.refresh_from_db()
        assert (message.attempts, message.due_at, message.fault) == (attempts, at + wait, "HTTP 503")
        at += wait
    send_webhooks(at=at)
    message.refresh_from_db()
    assert message.due_at is None
    assert message.dead_at == at
    assert len(receiver.taken) == len(WAITS) + 1
    assert len({headers["webhook-id"] for headers, _body in receiver.taken}) == 1


@pytest.mark.django_db(transaction=True)
def test_what_was_given_up_is_sent_again_when_the_operator_says_so(
    cast: Cast, registered: Registered, receiver: Receiver
) -> None:
    message = announced()
    with pytest.raises(NotFoundError):
        resend(account=cast["operator"], message=message.uid)
    WebhookMessage.objects.update(due_at=None, dead_at=now(), attempts=10)
    resend(account=cast["operator"], message=message.uid)
    assert send_webhooks() == 1
    assert receiver.taken[0][0]["webhook-id"] == f"msg_{message.uid.hex}"


@pytest.mark.django_db(transaction=True)
def test_a_replaced_secret_works_for_a_day_beside_the_new_one(
    cast: Cast, registered: Registered, receiver: Receiver
) -> None:
    new = rotate_secret(account=cast["operator"], webhook=registered.webhook.uid)
    announced()
    send_webhooks()
    headers, body = receiver.taken[0]
    for secret in (registered.secret, new.secret):
        assert Verifier(secret).verify(body, headers)
    Webhook.objects.update(former_until=now() - FORMER)
    announced()
    send_webhooks()
    headers, body = receiver.taken[1]
    assert Verifier(new.secret).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(registered.secret).verify(body, headers)


@pytest.mark.django_db(transaction=True)
def test_a_redirect_is_not_followed(registered: Registered, receiver: Receiver) -> None:
    receiver.status, receiver.moved_to = 307, receiver.url
    message = announced()
    assert send_webhooks() == 0
    message.refresh_from_db()
    assert message.fault == "HTTP 307"
    assert len(receiver.taken) == 1


@pytest.mark.django_db(transaction=True)
def test_a_name_that_leads_into_a_private_network_is_not_connected_to(
    registered: Registered, receiver: Receiver, settings: Settings
) -> None:
    settings.WEBHOOK_NETWORKS = Networks(())
    message = announced()
    assert send_webhooks() == 0
    message.refresh_from_db()
    assert message.fault == "PrivateAddressError"
    assert receiver.taken == []


@pytest.mark.django_db(transaction=True)
def test_a_receiver_whose_certificate_nobody_vouches_for_gets_nothing(
    registered: Registered, receiver: Receiver, settings: Settings
) -> None:
    settings.WEBHOOK_AUTHORITY_FILE = None
    message = announced()
    assert send_webhooks() == 0
    message.refresh_from_db()
    assert message.fault == "SSLCertVerificationError"
    assert receiver.taken == []


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_tells_nobody(registered: Registered, receiver: Receiver) -> None:
    with transaction.atomic():
        announced()
        transaction.set_rollback(True)
    assert send_webhooks() == 0
    assert receiver.taken == []


@pytest.mark.django_db(transaction=True)
def test_a_webhook_is_told_what_it_listens_to_until_it_is_closed(cast: Cast, receiver: Receiver) -> None:
    operator = cast["operator"]
    made = register_webhook(account=operator, name="SIEM", url=receiver.url, events=["breach.started"])
    assert announce(WebhookEvent.CASE_OPENED, at=now(), code="D", address="/") == []
    announce(WebhookEvent.BREACH_STARTED, at=now(), code="D", address="/")
    close_webhook(account=operator, webhook=made.webhook.uid)
    assert announce(WebhookEvent.BREACH_STARTED, at=now(), code="D", address="/") == []
    assert send_webhooks() == 0
    assert WebhookMessage.objects.get().fault == "closed"


@pytest.mark.django_db
def test_the_secret_is_kept_sealed_and_each_act_is_in_the_ledger(cast: Cast, registered: Registered) -> None:
    rotate_secret(account=cast["operator"], webhook=registered.webhook.uid)
    kept = Webhook.objects.get()
    assert octets_of(registered.secret) not in bytes(kept.former_sealed or b"")
    assert list(Act.objects.order_by("id").values_list("kind", flat=True)) == ["webhook:added", "webhook:rotated"]


@pytest.mark.django_db
@pytest.mark.parametrize("username", ["officer", "auditor", "vdab-requester", "nobody"])
def test_only_the_operator_keeps_webhooks(cast: Cast, registered: Registered, username: str) -> None:
    account = cast[username]
    with pytest.raises(ForbiddenError):
        register_webhook(account=account, name="Other", url="https://kbi.example/", events=ALL)
    with pytest.raises(ForbiddenError):
        rotate_secret(account=account, webhook=registered.webhook.uid)
    with pytest.raises(ForbiddenError):
        close_webhook(account=account, webhook=registered.webhook.uid)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        "http://siem.example/",
        "https://",
        "https://user:secret@siem.example/",
        "https://siem.example/#part",
        "https://siem.example:0/",
        "https://siem.example:99999/",
        "https://10.0.0.7/",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:10.0.0.7]/",
        "ftp://siem.example/",
        "https://siem.example/ x",
        "https://si\u0454m.example/",
    ],
)
def test_an_address_that_is_no_public_https_is_refused(cast: Cast, url: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        register_webhook(account=cast["operator"], name="SIEM", url=url, events=ALL)
    assert refused.value.errors[0].pointer == "/url"


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - an address to refuse
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.1.1",
        "172.16.0.1",
        "192.168.1.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
    ],
)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    with pytest.raises(PrivateAddressError):
        require_public(address)


@pytest.mark.parametrize("address", ["193.191.245.244", "2a00:1450:400e:80c::200e"])
def test_a_public_address_is_not(address: str) -> None:
    require_public(address)


@pytest.mark.django_db
def test_what_was_delivered_is_let_go_of_after_a_month_and_what_was_given_up_is_not(registered: Registered) -> None:
    at = now()
    taken, dead = announced(), announced()
    WebhookMessage.objects.filter(pk=taken.pk).update(due_at=None, delivered_at=at)
    WebhookMessage.objects.filter(pk=dead.pk).update(due_at=None, dead_at=at)
    assert forget_delivered(at=at + KEPT) == 0
    assert forget_delivered(at=at + KEPT + SECOND) == 1
    assert WebhookMessage.objects.get() == dead


@given(body=st.binary(max_size=200).map(lambda one: one.hex().encode()), key=st.binary(min_size=24, max_size=64))
def test_any_body_verifies_with_its_key_and_with_no_other(body: bytes, key: bytes) -> None:
    headers = headers_of(identifier="msg_1", seconds=int(now().timestamp()), body=body, secrets=[key])
    Verifier(key).verify(body, headers, json_parse=False)
    with pytest.raises(WebhookVerificationError):
        Verifier(key + b"x").verify(body, headers, json_parse=False)
