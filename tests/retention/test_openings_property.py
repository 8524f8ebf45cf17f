"""Whatever is recorded and erased in whatever order: what opens is what was committed to, less what was erased."""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.exchanges.commitments import USER
from compliance.kernel.disclosures import commitment
from compliance.kernel.errors import NotFoundError
from compliance.ledger.logs import LogNumber
from compliance.ledger.models import Opening, PersonKey
from compliance.retention.erase import erase_field, erase_person, erase_records
from compliance.retention.openings import fields_of, read_openings
from compliance.retention.targets import openings_of_records
from compliance.retention.vocabulary import PersonalField
from compliance.simulation.numbers import synthetic_insz
from tests.retention.acting import ASKED, committed, opened, recorded

if TYPE_CHECKING:
    from uuid import UUID

PERSONS = 3
persons = st.integers(0, PERSONS - 1)
acts = st.one_of(
    st.tuples(st.just("record"), st.lists(persons, max_size=3, unique=True), st.booleans(), st.booleans()),
    st.tuples(st.just("erase person"), persons),
    st.tuples(st.just("erase record"), st.integers(0, 9)),
    st.tuples(st.just("erase field"), st.integers(0, 9), st.sampled_from(PersonalField), st.integers(-1, 2)),
)
_numbers = count(1)


class World:
    """What should open: by record and position, whose opening it is, and its fields' commitments."""

    def __init__(self) -> None:
        """Use persons that no other example knows."""
        start = next(_numbers) * PERSONS
        self.persons = [synthetic_insz(start + number) for number in range(PERSONS)]
        self.records: list[UUID] = []
        self.openings: dict[UUID, dict[int, tuple[int | None, dict[PersonalField, str]]]] = defaultdict(dict)
        self.absent: dict[UUID, set[str]] = {}
        self._first = start

    def record(self, about: list[int], user: bool, dossier: bool) -> None:  # noqa: FBT001 - drawn
        """Record about these persons."""
        changes = {} if user else {"asker": {"organisation": "VDAB"}}
        reference = f"r-{self._first}-{len(self.records)}"
        exchange = recorded(
            reference, *(self._first + number for number in about), dossier="D-1" if dossier else None, **changes
        )
        self.records.append(exchange)
        found: set[str] = set()
        for one in read_openings(
            log=LogNumber.EXCHANGES, targets=openings_of_records(log=LogNumber.EXCHANGES, ids=[exchange])
        ):
            fields = {field: commitment(text) for field, text in fields_of(one, log=LogNumber.EXCHANGES).items()}
            owner = about[one.position] if PersonalField.SUBJECT in fields else None
            self.openings[exchange][one.position] = (owner, fields)
            found |= set(fields.values())
        self.absent[exchange] = committed(exchange) - found

    def erase_person(self, person: int) -> None:
        """Erase a person everywhere."""
        theirs = [
            (exchange, position)
            for exchange, places in self.openings.items()
            for position, (owner, _) in places.items()
            if owner == person
        ]
        if not theirs:
            with pytest.raises(NotFoundError):
                erase_person(kind="insz", value=self.persons[person], **ASKED)
            return
        done = erase_person(kind="insz", value=self.persons[person], **ASKED)
        assert (done.openings, done.keys_shredded) == (len(theirs), 1)
        for exchange, position in theirs:
            del self.openings[exchange][position]

    def erase_record(self, number: int) -> None:
        """Erase all that a record says about persons."""
        exchange = self.records[number % len(self.records)]
        if not self.openings[exchange]:
            with pytest.raises(NotFoundError):
                erase_records(exchange_ids=[exchange], **ASKED)
            return
        assert erase_records(exchange_ids=[exchange], **ASKED).openings == len(self.openings[exchange])
        self.openings[exchange].clear()

    def erase_field(self, number: int, field: PersonalField, position: int) -> None:
        """Erase one field; a dossier that is left behind is nobody's."""
        exchange = self.records[number % len(self.records)]
        owner, fields = self.openings[exchange].get(position, (None, {}))
        if field not in fields:
            with pytest.raises(NotFoundError):
                erase_field(exchange_id=exchange, field=field, position=position, **ASKED)
            return
        erase_field(exchange_id=exchange, field=field, position=position, **ASKED)
        rest = {name: text for name, text in fields.items() if name is not field}
        person = PersonalField.USER if position == USER else PersonalField.SUBJECT
        if rest:
            self.openings[exchange][position] = (owner if person in rest else None, rest)
        else:
            del self.openings[exchange][position]

    def check(self) -> None:
        """Compare with what really opens, and with the keys that are left."""
        for exchange in self.records:
            told = {text for _, fields in self.openings[exchange].values() for text in fields.values()}
            assert opened(exchange) == told | self.absent[exchange]
        needed = set(Opening.objects.exclude(lookup=None).values_list("lookup", flat=True))
        assert set(PersonKey.objects.values_list("lookup", flat=True)) == needed


@pytest.mark.usefixtures("committed_world")
@settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(st.lists(acts, min_size=2, max_size=8))
def test_after_any_interleaving_what_opens_is_what_was_committed_to_less_what_was_erased(
    steps: list[tuple[object, ...]],
) -> None:
    world = World()
    world.record([0, 1], user=True, dossier=True)
    for step in steps:
        match step:
            case ("record", list(about), bool(user), bool(dossier)):
                world.record(about, user, dossier)
            case ("erase person", int(person)):
                world.erase_person(person)
            case ("erase record", int(number)):
                world.erase_record(number)
            case ("erase field", int(number), PersonalField() as field, int(position)):
                world.erase_field(number, field, position)
        world.check()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_erasure WHERE entry NOT IN (SELECT id FROM ledger_entry)")
        assert cursor.fetchone() == (0,)
