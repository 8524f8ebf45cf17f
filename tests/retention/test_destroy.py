"""What is past its term goes, whole months at once; what is not stays; and every proof about what stays holds."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any

import msgspec
import psycopg
import pytest
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from compliance.exchanges.models import Exchange
from compliance.exchanges.record import record
from compliance.kernel.clock import now
from compliance.kernel.errors import InvalidInputError
from compliance.ledger.logs import LogNumber
from compliance.ledger.models import Entry, Head, Opening, PersonKey
from compliance.ledger.positions import position_of
from compliance.ledger.proofs import leaf_hash, root_from_inclusion
from compliance.ledger.seal import Sealer
from compliance.ledger.stored_tiles import tree_of
from compliance.ledger.tile_store.opened import store_at, store_of
from compliance.ledger.tiles import entries_path
from compliance.oversight.models import Act
from compliance.retention.destroy import attests, carry_out_destruction, record_destruction
from compliance.retention.destroy_expired import destroy_expired
from compliance.retention.erase import erase_records
from compliance.retention.hold import hold_records, release
from compliance.retention.schemas import DESTRUCTION
from compliance.retention.terms import Month, months_kept
from compliance.simulation.numbers import synthetic_insz
from compliance.statistics.follow import follow
from compliance.statistics.models import MonthCount
from compliance.statistics.rebuild import compare, rebuild
from tests.exchanges.world import GATEWAY, report
from tests.retention.acting import ASKED, DECIDED, committed, opened, recorded, said, told

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from tests.clones import Clone

pytestmark = [pytest.mark.alone, pytest.mark.usefixtures("committed_world")]
LOG = LogNumber.EXCHANGES
OLD = Month(2012, 3)
IN_2012 = "2012-03-05T10:00:00Z"


def young(reference: str, *numbers: int, **changes: Any) -> UUID:
    """Record an exchange whose term is not past."""
    return recorded(reference, *numbers, started_at="2020-03-05T10:00:00Z", **changes)


def old(reference: str, *numbers: int, **changes: Any) -> UUID:
    """Record an exchange of March 2012."""
    return recorded(reference, *numbers, started_at=IN_2012, **changes)


def seal() -> None:
    """Seal what was recorded."""
    for log in LogNumber:
        Sealer(log).seal_all()


def destroy_as_recorded(month: Month) -> None:
    """Have a month destroyed as somebody would who records it, and asks nobody whether it may go."""
    with transaction.atomic():
        entry = said(DESTRUCTION, month=str(month))
        leaf = bytes(Entry.objects.get(id=entry).leaf)
        record_destruction(log=LOG, month=month, entry=entry, leaf=leaf, at=now())
        carry_out_destruction(month)


def proof_holds(identifier: UUID) -> bool:
    """Tell whether an entry's inclusion in the newest head can be proven from what is stored."""
    tree, index = tree_of(LOG), position_of(log=LOG, identifier=identifier)
    assert index is not None
    leaf = leaf_hash(bytes(Entry.objects.get(log=LOG, id=identifier).leaf))
    root = bytes(Head.objects.get(log=LOG, size=tree.size).root)
    return root_from_inclusion(leaf=leaf, index=index, size=tree.size, path=tree.inclusion(index)) == root


def test_a_month_past_its_term_is_destroyed_and_attested_and_younger_proofs_hold() -> None:
    gone, both = old("gone", 1), old("both", 2)
    kept = young("kept", 2)
    seal()
    before = tree_of(LOG).root()

    outcome = destroy_expired()

    assert [destroyed.month for destroyed in outcome.destroyed] == [OLD]
    assert OLD not in months_kept()
    assert not Entry.objects.filter(id__in=[gone, both]).exists()
    assert not Exchange.objects.filter(id__in=[gone, both]).exists()
    assert not Opening.objects.filter(id__in=[gone, both]).exists()
    assert opened(kept) == committed(kept)
    assert outcome.destroyed[0].keys_shredded == 1
    (attest,) = attests()
    assert (attest["month"], attest["count"], attest["size"]) == ("2012-03", 2, 3)
    assert attest["root"] == before.hex()
    assert sum(end - first for first, end in attest["ranges"]) == 2
    assert told(attest["id"]) == attest
    seal()
    assert proof_holds(kept)
    assert destroy_expired().destroyed == []


def test_a_key_stays_for_who_has_younger_records_and_goes_for_who_has_none() -> None:
    old("one", 1, asker={"organisation": "VDAB"})
    old("two", 2, asker={"organisation": "VDAB"})
    young("young", 2, asker={"organisation": "VDAB"})
    seal()
    assert PersonKey.objects.count() == 2
    destroy_expired()
    assert PersonKey.objects.count() == 1


def test_a_month_with_a_longer_term_in_it_loses_the_openings_of_the_others_alone() -> None:
    short, long = old("short", 1), old("long", 2, retention="thirty-years")
    seal()
    outcome = destroy_expired()
    assert (outcome.destroyed, outcome.erased) == ([], {OLD: 2})
    assert "longer" in outcome.kept[OLD][0]
    assert opened(long) == committed(long)
    assert opened(short) == set()
    assert told(Entry.objects.order_by("-id")[0].id)["ground"] == "retention-ended"
    assert destroy_expired().erased == {}


def test_a_month_with_a_held_record_stays_until_that_is_released() -> None:
    held, other = old("held", 1), old("other", 2)
    hold = hold_records(exchange_ids=[held], **DECIDED)
    seal()
    outcome = destroy_expired()
    assert outcome.destroyed == []
    assert "hold" in outcome.kept[OLD][0]
    assert opened(held) == committed(held)
    assert opened(other) == set()

    release(hold=hold, **DECIDED)
    seal()
    assert [destroyed.month for destroyed in destroy_expired().destroyed] == [OLD]


def test_what_is_not_sealed_yet_is_not_destroyed() -> None:
    old("one", 1)
    outcome = destroy_expired()
    assert outcome.destroyed == []
    assert "not sealed" in outcome.kept[OLD][0]


def test_nobody_destroys_a_month_before_its_term_or_without_an_attest(clone: Clone) -> None:
    old("one", 1)
    for role in ("kbi_app", "kbi_owner", "postgres"):
        for connected in clone.connect_as(role):
            for month in ("2012-03-01", "2020-03-01", "2025-01-01"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege), connected.transaction():
                    connected.execute("SELECT destroy_month(%s)", [month])
    with pytest.raises(ProgrammingError, match="least term"):
        destroy_as_recorded(Month(2025, 1))


def test_the_database_keeps_a_longer_term_whatever_the_service_says() -> None:
    old("long", 1, retention="thirty-years")
    with pytest.raises(ProgrammingError, match="kept for 30 years"):
        destroy_as_recorded(OLD)


def test_nothing_is_recorded_in_a_destroyed_month_again() -> None:
    old("one", 1)
    seal()
    destroy_expired()
    with pytest.raises(InvalidInputError, match="destroyed"):
        record(reports=[report(started_at=IN_2012)], reporter=GATEWAY)


def test_counts_of_a_destroyed_month_stay_and_are_neither_compared_nor_replaced() -> None:
    old("one", 1)
    young("young", 2)
    follow()
    counted = set(MonthCount.objects.values_list("month", "partner", "count"))
    seal()
    destroy_expired()
    assert compare() == []
    rebuild()
    assert set(MonthCount.objects.values_list("month", "partner", "count")) == counted
    assert compare() == []
    MonthCount.objects.filter(month="2020-03-01").update(count=9)
    assert [row.kept for row in compare()] == [9]


def test_the_oversight_of_a_destroyed_month_goes_with_it() -> None:
    exchange = old("one", 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT uuid_floor('2012-03-07')")
        (identifier,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO oversight_act (id, log, at, kind, actor, organisation, object_id, reason) "
            "VALUES (%s, 2, '2012-03-07', 'exchange:read', 'officer', '', %s, '')",
            [identifier, exchange],
        )
        cursor.execute(
            "INSERT INTO ledger_entry (id, log, recorded_at, leaf) VALUES (%s, 2, '2012-03-07', '{}')", [identifier]
        )
    seal()
    destroy_expired()
    assert not Act.objects.exists()
    assert [attest["count"] for attest in attests()] == [1, 1]


def test_an_erasure_that_explains_a_younger_record_is_kept_with_its_month() -> None:
    kept = young("kept", 1)
    entry = erase_records(exchange_ids=[kept], **ASKED).entries[0]
    leaf = bytes(Entry.objects.get(id=entry).leaf)
    with connection.cursor() as cursor:
        cursor.execute("SELECT make_month('2012-03-01'), uuid_floor('2012-03-07')")
        (_, early) = cursor.fetchone()
        cursor.execute("INSERT INTO ledger_entry (id, log, recorded_at, leaf) VALUES (%s, 1, now(), %s)", [early, leaf])
        cursor.execute(
            "INSERT INTO ledger_erasure (at, id, entry, log, position, fields) "
            "SELECT at, id, %s, log, position, fields FROM ledger_erasure",
            [early],
        )
    seal()
    outcome = destroy_expired()
    assert (outcome.destroyed, list(outcome.kept)) == ([], [OLD])


def test_copies_in_the_tile_store_go_too(settings: Any, tmp_path: Path) -> None:
    settings.TILE_STORE = str(tmp_path)
    store_at.cache_clear()
    subjects = [{"kind": "insz", "value": synthetic_insz(1)}]
    reports = [report(message_reference=f"r{n}", started_at=IN_2012, subjects=subjects) for n in range(300)]
    record(reports=reports, reporter=GATEWAY)
    seal()
    store = store_of(LOG)
    assert store is not None
    store.add({entries_path(0): b"copies"}, stage="test")
    assert destroy_expired().without_copies
    assert not store.has(entries_path(0))


def test_the_command_shows_what_is_due_and_writes_the_attest(tmp_path: Path) -> None:
    old("one", 1)
    seal()
    out = StringIO()
    call_command("destroy_expired", "--dry-run", stdout=out)
    assert "2012-03" in out.getvalue()
    assert OLD in months_kept()

    call_command("destroy_expired", "--attests", str(tmp_path), stdout=StringIO())
    (file,) = tmp_path.glob("*.json")
    assert msgspec.json.decode(file.read_bytes()) == attests()[0]


def test_an_act_and_an_attest_cannot_be_changed(clone: Clone) -> None:
    old("one", 1)
    seal()
    destroy_expired()
    statements = (
        "DELETE FROM ledger_destruction",
        "UPDATE ledger_destruction SET leaf = ''",
        "TRUNCATE ledger_destruction",
    )
    for connected in clone.connect_as("postgres"):
        for statement in statements:
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connected.transaction():
                connected.execute(statement)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_restoration (at, first, until, entry, log) VALUES (now(), 2, 1, gen_random_uuid(), 1)"
        )
