"""What is done with a connection is told to the other side, and to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import resolve

from compliance.connecting.confirm import confirm
from compliance.connecting.go_back import go_back
from compliance.connecting.say_ready import say_ready
from compliance.connecting.vocabulary import Step
from compliance.notices.models import Notice
from tests.connecting.partners import OCMW, OTHER_VENDOR, VENDOR, WHY, begun, person_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

    Cast = Mapping[str, Account]

pytestmark = pytest.mark.django_db


def told_since(last: int = 0) -> dict[tuple[str, str | None], set[str]]:
    """Return who was told what, and where it leads."""
    told: dict[tuple[str, str | None], set[str]] = {}
    for notice in Notice.objects.filter(pk__gt=last).select_related("recipient"):
        told.setdefault((notice.kind, resolve(notice.address).url_name), set()).add(notice.recipient.username)
    return told


def test_each_side_hears_what_the_other_did(cast: Cast) -> None:
    own, vendor, stranger = person_of(OCMW), person_of(VENDOR), person_of(OTHER_VENDOR)
    one = begun(cast)
    assert told_since() == {}
    say_ready(connection=one, seen=Step.ANALYSIS, account=vendor)
    assert told_since() == {("connection-step-ready", "connection"): {"operator"}}
    last = Notice.objects.latest("pk").pk
    confirm(connection=one, seen=Step.ANALYSIS, account=cast["operator"], reason=WHY)
    partners = {own.username, vendor.username}
    assert told_since(last) == {("connection-step-confirmed", "portal-connection"): partners}
    last = Notice.objects.latest("pk").pk
    go_back(connection=one, seen=Step.ACCEPTANCE, to=Step.ANALYSIS, account=cast["operator"], reason=WHY)
    assert told_since(last) == {("connection-went-back", "portal-connection"): partners}
    assert not Notice.objects.filter(recipient__in=[stranger, cast["vmsw-requester"], cast["vdab-dpo"]]).exists()


def test_a_vendor_that_does_not_work_for_the_partner_hears_nothing(cast: Cast) -> None:
    own, vendor = person_of(OCMW), person_of(VENDOR)
    one = begun(cast, vendor=None)
    confirm(connection=one, seen=Step.ANALYSIS, account=cast["operator"], reason=WHY)
    assert set(Notice.objects.values_list("recipient", flat=True)) == {own.pk}
    assert vendor.pk != own.pk
