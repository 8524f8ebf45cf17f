"""What is recorded fits where entries are published; what would not is refused whole, with its remedy."""

from __future__ import annotations

import pytest

from compliance.exchanges.record import record
from compliance.kernel.errors import InvalidInputError
from compliance.ledger.models import Entry
from compliance.ledger.tiles import LONGEST_LEAF, bundle, unbundle
from compliance.simulation.numbers import synthetic_insz
from tests.exchanges.world import GATEWAY, report

pytestmark = pytest.mark.usefixtures("world")

SUBJECTS = [{"kind": "insz", "value": synthetic_insz(number)} for number in range(1_000)]
CATEGORIES = [f"CATEGORY-{number:030}" for number in range(200)]


def test_as_many_subjects_as_the_schema_allows_fit_in_an_entry() -> None:
    (answer,) = record(reports=[report(subjects=SUBJECTS)], reporter=GATEWAY)
    leaf = bytes(Entry.objects.get(id=answer.id).leaf)
    assert len(leaf) <= LONGEST_LEAF
    assert unbundle(bundle([leaf])) == [leaf]


def test_a_record_that_would_be_too_long_is_refused_with_all_that_came_with_it() -> None:
    long = report(
        message_reference="long", subjects=SUBJECTS, categories_requested=CATEGORIES, categories_delivered=CATEGORIES
    )
    with pytest.raises(InvalidInputError) as refused:
        record(reports=[report(), long], reporter=GATEWAY)

    (error,) = refused.value.errors
    assert (error.pointer, error.code) == ("/1/subjects", "record-too-long")
    assert "Split the exchange" in error.detail
    assert not Entry.objects.exists()
