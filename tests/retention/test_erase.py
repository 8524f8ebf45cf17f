"""What is erased opens no more; what is not erased still does; and the log says which is which."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from compliance.exchanges.find import find_by_dossier, find_by_person
from compliance.exchanges.record import record
from compliance.exchanges.rejudge import rejudge
from compliance.exchanges.reveal import reveal
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, InvalidInputError, NotFoundError
from compliance.ledger.models import Entry, Opening, PersonKey
from compliance.registry.revision import current_revision
from compliance.retention.erase import TARGETS_AN_ENTRY, erase_field, erase_person, erase_records
from compliance.retention.schemas import ERASURE
from compliance.retention.vocabulary import PersonalField
from compliance.simulation.numbers import synthetic_insz
from tests.exchanges.world import GATEWAY, report
from tests.retention.acting import ASKED, OFFICER, committed, opened, recorded, said, told

if TYPE_CHECKING:
    from tests.clones import Clone

pytestmark = pytest.mark.usefixtures("committed_world")
WHY = "een test van het wissen"


def test_an_erased_person_is_in_no_opening_and_others_are_where_they_were() -> None:
    both, alone, other = recorded("both", 1, 2), recorded("alone", 1), recorded("other", 2)
    leaves = dict(Entry.objects.values_list("id", "leaf"))

    erased = erase_person(kind="insz", value=synthetic_insz(1), **ASKED)

    assert (erased.openings, erased.keys_shredded) == (2, 1)
    assert not find_by_person(kind="insz", value=synthetic_insz(1), actor=OFFICER, reason=WHY)
    assert [person.value for person in reveal(exchange_id=both, actor=OFFICER, reason=WHY).subjects] == [
        synthetic_insz(2)
    ]
    assert reveal(exchange_id=alone, actor=OFFICER, reason=WHY).subjects == ()
    assert opened(other) == committed(other)
    kept = dict(Entry.objects.values_list("id", "leaf"))
    assert {identifier: kept[identifier] for identifier in leaves} == leaves


def test_the_entry_says_what_went_on_which_ground_and_nothing_about_whom() -> None:
    both, alone = recorded("both", 2, 1), recorded("alone", 1)
    lookup = bytes(Opening.objects.get(id=alone, position=0).lookup or b"")

    erased = erase_person(kind="insz", value=synthetic_insz(1), **ASKED)

    (entry,) = erased.entries
    said = told(entry)
    assert said["targets"] == sorted([[str(both), 1], [str(alone), 0]])
    assert (said["schema"], said["ground"], said["decision"]) == (
        "kbi-audit/erasure/1",
        "data-subject-request",
        "AVG-2026-017",
    )
    assert (said["decided_by"]["name"], said["keys_shredded"], said["id"]) == ("officer", 1, str(entry))
    leaf = bytes(Entry.objects.get(id=entry).leaf)
    assert synthetic_insz(1).encode() not in leaf
    assert lookup.hex().encode() not in leaf


def test_who_was_erased_can_be_recorded_again_under_another_key() -> None:
    recorded("before", 1)
    before = PersonKey.objects.get(lookup=Opening.objects.exclude(lookup=None).get(position=0).lookup)
    erase_person(kind="insz", value=synthetic_insz(1), **ASKED)

    after = recorded("after", 1)

    assert opened(after) == committed(after)
    assert bytes(PersonKey.objects.get(lookup=before.lookup).wrapped) != bytes(before.wrapped)


def test_a_users_erasure_leaves_the_subjects_and_the_key_of_a_user_who_is_in_other_records_too() -> None:
    first = recorded("first", 1)
    recorded("second", 1)
    assert erase_records(exchange_ids=[first], **ASKED).keys_shredded == 0
    shown = reveal(exchange_id=first, actor=OFFICER, reason=WHY)
    assert (shown.subjects, shown.user, shown.dossier) == ((), None, None)

    erased = erase_person(kind="local", value="u-77", scope="VDAB", **ASKED)
    assert (erased.openings, erased.keys_shredded) == (1, 1)


def test_a_field_goes_and_its_neighbours_stay() -> None:
    exchange = recorded("one", 1)
    erased = erase_field(exchange_id=exchange, field=PersonalField.DOSSIER, **ASKED)

    shown = reveal(exchange_id=exchange, actor=OFFICER, reason=WHY)
    assert (shown.subjects[0].value, shown.dossier) == (synthetic_insz(1), None)
    assert shown.user is not None
    assert not find_by_dossier(scope="VDAB", reference="D-2016-0042", actor=OFFICER, reason=WHY)
    assert told(erased.entries[0])["targets"] == [[str(exchange), 0, ["dossier"]]]
    assert len(committed(exchange) - opened(exchange)) == 1


def test_a_dossier_that_stays_behind_leads_to_nobody() -> None:
    exchange = recorded("one", 1)
    erased = erase_field(exchange_id=exchange, field=PersonalField.SUBJECT, **ASKED)

    assert erased.keys_shredded == 1
    assert not find_by_person(kind="insz", value=synthetic_insz(1), actor=OFFICER, reason=WHY)
    assert [
        found.id for found in find_by_dossier(scope="VDAB", reference="D-2016-0042", actor=OFFICER, reason=WHY)
    ] == [exchange]
    shown = reveal(exchange_id=exchange, actor=OFFICER, reason=WHY)
    assert (shown.subjects, shown.dossier) == ((), "D-2016-0042")


def test_which_of_two_subjects_is_meant_must_be_said() -> None:
    exchange = recorded("two", 1, 2)
    with pytest.raises(ConflictError, match="position"):
        erase_field(exchange_id=exchange, field=PersonalField.SUBJECT, **ASKED)
    erase_field(exchange_id=exchange, field=PersonalField.SUBJECT, position=1, **ASKED)
    assert [person.value for person in reveal(exchange_id=exchange, actor=OFFICER, reason=WHY).subjects] == [
        synthetic_insz(1)
    ]


def test_many_targets_make_several_entries_of_a_size_that_can_be_sealed() -> None:
    count = TARGETS_AN_ENTRY + 1
    subjects = [{"kind": "insz", "value": synthetic_insz(1)}]
    reports = [report(message_reference=f"r-{number}", subjects=subjects) for number in range(count)]
    record(reports=reports, reporter=GATEWAY)

    erased = erase_person(kind="insz", value=synthetic_insz(1), **ASKED)

    assert (erased.openings, len(erased.entries)) == (count, 2)
    parts = [told(entry) for entry in erased.entries]
    assert [(part["part"], part["parts"]) for part in parts] == [(1, 2), (2, 2)]
    assert sum(len(part["targets"]) for part in parts) == count
    assert all(len(bytes(leaf)) <= 65_535 for leaf in Entry.objects.values_list("leaf", flat=True))


def test_an_erasure_moves_the_register_so_that_every_process_forgets_its_keys() -> None:
    recorded("one", 1)
    before = current_revision()
    erase_person(kind="insz", value=synthetic_insz(1), **ASKED)
    assert current_revision() > before


def test_history_with_an_erasure_in_it_is_judged_again_as_if_it_were_not_there() -> None:
    recorded("one", 1, started_at=f"{now():%Y-%m-%dT00:00:00Z}")
    erase_person(kind="insz", value=synthetic_insz(1), **ASKED)
    today = now().date()
    assert rejudge(first=today - timedelta(days=1), last=today + timedelta(days=1)).judged == 1


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"value": synthetic_insz(9)}, NotFoundError),
        ({"value": "12345678901"}, InvalidInputError),
        ({"reason": "kort"}, InvalidInputError),
        ({"decision": " "}, InvalidInputError),
        ({"decision": f"dossier van {synthetic_insz(1)}"}, InvalidInputError),
    ],
)
def test_what_cannot_be_decided_so_changes_nothing(changes: dict[str, Any], error: type[Exception]) -> None:
    exchange = recorded("one", 1)
    entries = Entry.objects.count()
    with pytest.raises(error):
        erase_person(**{"kind": "insz", "value": synthetic_insz(1), **ASKED, **changes})
    assert opened(exchange) == committed(exchange)
    assert Entry.objects.count() == entries


RECORDED = "INSERT INTO ledger_erasure (at, id, entry, log, position, fields) VALUES (now(), %s, %s, 1, 0, '{}')"
REFUSED = (
    "DELETE FROM ledger_opening",
    "DELETE FROM ledger_opening_y2016m03",
    "DELETE FROM ledger_opening WHERE position = -1",
    "DELETE FROM ledger_person_key",
    "UPDATE ledger_opening SET sealed = sealed",
    "TRUNCATE ledger_opening_y2016m03",
    "DELETE FROM ledger_erasure",
    "UPDATE ledger_erasure SET fields = '{}'",
    "TRUNCATE ledger_erasure",
    "INSERT INTO ledger_erasure SELECT xid, at, id, entry, log, -1, fields FROM ledger_erasure",
    "INSERT INTO ledger_erasure SELECT xid, at, id, gen_random_uuid(), log, position, fields FROM ledger_erasure",
    "INSERT INTO ledger_erasure SELECT 7, at, id, entry, log, position, fields FROM ledger_erasure",
)


@pytest.mark.parametrize("role", ["kbi_app", "kbi_owner", "postgres"])
def test_nothing_goes_that_its_transaction_did_not_record(clone: Clone, role: str) -> None:
    one = recorded("one", 1)
    entry = said(ERASURE, targets=[[str(one), 0]])
    for connected in clone.connect_as(role):
        for statement in REFUSED:
            with connected.transaction(force_rollback=True):
                connected.execute(RECORDED, [one, entry])
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connected.execute(statement)
    assert opened(one) == committed(one)


def test_the_service_erases_through_the_function_alone_and_keys_go_last() -> None:
    exchange = recorded("one", 1)
    opening = Opening.objects.get(id=exchange, position=0)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_opening")
    with connection.cursor() as cursor:
        cursor.execute("SELECT erase_openings(%s::uuid[])", [[exchange]])
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT shred_keys(1::smallint, %s::bytea[])", [[bytes(opening.lookup or b"")]])
        assert cursor.fetchone() == (0,)
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute("INSERT INTO ledger_least_term VALUES ('ten-years', 1)")
