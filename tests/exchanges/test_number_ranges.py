"""Numbers near each other are seen to be near, and nothing else is seen of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.exchanges.people import person_lookup
from compliance.exchanges.record import record
from compliance.kernel.identifiers import number_range
from compliance.ledger.models import PersonKey
from compliance.simulation.numbers import ADULT_NUMBERS, synthetic_insz
from tests.exchanges.world import GATEWAY, report

_BY_NUMBER = sorted(synthetic_insz(n) for n in range(ADULT_NUMBERS))[:1_000]
numbers = st.integers(min_value=0, max_value=ADULT_NUMBERS - 1).map(synthetic_insz)


def ranges_of(told: list[str]) -> list[int | None]:
    """Record a report about each, and return what is kept of its range."""
    reports = [
        report(message_reference=f"range-{place}", subjects=[{"kind": "insz", "value": number}])
        for place, number in enumerate(told)
    ]
    record(reports=reports, reporter=GATEWAY)
    lookups = [person_lookup("", "insz", number) for number in told]
    kept = dict(PersonKey.objects.filter(lookup__in=lookups).values_list("lookup", "number_range"))
    return [{bytes(lookup): found for lookup, found in kept.items()}[lookup] for lookup in lookups]


@given(numbers, numbers)
def test_a_range_holds_one_day_of_birth_and_fifty_counters(one: str, other: str) -> None:
    near = one[:6] == other[:6] and int(one[6:9]) // 50 == int(other[6:9]) // 50
    assert (number_range(one) == number_range(other)) == near


@pytest.mark.usefixtures("world")
def test_persons_whose_numbers_follow_each_other_share_a_range_that_others_do_not() -> None:
    first, second, far = _BY_NUMBER[2], _BY_NUMBER[3], _BY_NUMBER[400]
    one, next_one, other = ranges_of([first, second, far])
    assert one == next_one != other
    assert None not in {one, other}


@pytest.mark.usefixtures("world")
def test_who_has_no_national_number_has_no_range() -> None:
    told = report(message_reference="no-range", subjects=[{"kind": "dossier", "value": "VDAB-1"}])
    record(reports=[told], reporter=GATEWAY)
    lookup = person_lookup(told.asker.organisation, "dossier", "VDAB-1")
    assert PersonKey.objects.get(lookup=lookup).number_range is None
