"""The simulated year asks about many persons at once, and such an exchange can be recorded and sealed."""

from __future__ import annotations

import pytest

from compliance.exchanges.record import record
from compliance.ledger.models import Entry
from compliance.ledger.tiles import LONGEST_LEAF
from compliance.simulation.catalogue import LIST_LENGTH
from compliance.simulation.numbers import synthetic_insz
from tests.exchanges.world import GATEWAY, make_world, report


@pytest.mark.django_db
def test_the_longest_list_of_the_year_fits_in_one_entry() -> None:
    make_world()
    subjects = [{"kind": "insz", "value": synthetic_insz(number)} for number in range(1, LIST_LENGTH + 1)]
    (answer,) = record(reports=[report(subjects=subjects)], reporter=GATEWAY)
    leaf = bytes(Entry.objects.get(id=answer.id).leaf)
    assert LIST_LENGTH * 50 < len(leaf) <= LONGEST_LEAF
