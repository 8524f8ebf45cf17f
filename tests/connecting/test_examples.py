"""The examples: partners in each step, by the verbs that people use, and once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from compliance.connecting.load_examples import load_examples
from compliance.connecting.models import Connection, ConnectionMove
from compliance.connecting.vocabulary import Step
from compliance.kernel.clock import now
from compliance.oversight.models import Act
from compliance.registry.models import ConnectionPeriod, RegisterChange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db


def test_there_is_one_in_each_step_late_and_connected(cast: Mapping[str, Account]) -> None:
    assert load_examples() == Connection.objects.count() > 0
    assert {one.step for one in Connection.objects.on_the_way()} == set(Step)
    assert Connection.objects.late(now().date()).count() == 2
    ghent = Connection.objects.get(organisation__code="OCMW-GENT")
    assert ghent.connected_on == ConnectionPeriod.objects.get(organisation__code="OCMW-GENT").connected_from
    assert Act.objects.filter(kind__startswith="connection:").count() == ConnectionMove.objects.count()


def test_loading_again_changes_nothing(cast: Mapping[str, Account]) -> None:
    load_examples()
    before = (ConnectionMove.objects.count(), RegisterChange.objects.count())
    call_command("load_connections")
    assert (ConnectionMove.objects.count(), RegisterChange.objects.count()) == before


def test_without_an_operator_nothing_is_loaded(register: None) -> None:
    assert load_examples() == 0
