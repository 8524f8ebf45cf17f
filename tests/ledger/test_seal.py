"""Every committed entry gets one place, whoever commits when, and whoever seals; nothing that failed leaves a trace."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.db import connection

from compliance.kernel.clock import now
from compliance.ledger.append import append
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.models import Edge, Head
from compliance.ledger.months import make_ahead
from compliance.ledger.positions import identifiers, position_of
from compliance.ledger.proofs import leaf_hash, root_from_inclusion, root_of
from compliance.ledger.seal import OriginChangedError, SealedByAnotherError, Sealer
from compliance.ledger.stored_tiles import tree_of
from compliance.ledger.turn import turn

if TYPE_CHECKING:
    import psycopg
    from pytest_django.fixtures import Settings

    from tests.clones import Clone

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]

LOG = LogNumber.OVERSIGHT
INSERT = (
    "INSERT INTO ledger_entry (log, id, recorded_at, leaf) "
    "SELECT %s, id, now(), leaf FROM unnest(%s::uuid[], %s::bytea[]) AS new (id, leaf)"
)


@pytest.fixture(autouse=True)
def _months(transactional_db: None) -> None:
    make_ahead()


def new_entries(count: int) -> dict[UUID, bytes]:
    """Make so many entries of this month, in no order."""
    milliseconds = int(now().timestamp() * 1000)
    made = (UUID(bytes=milliseconds.to_bytes(6) + os.urandom(10)) for _ in range(count))
    return {identifier: b'{"id":"%s"}' % str(identifier).encode() for identifier in made}


def write(entries: dict[UUID, bytes], to: psycopg.Connection | None = None) -> None:
    """Write entries in one statement."""
    values = (LOG, list(entries), list(entries.values()))
    if to is None:
        connection.ensure_connection()
    (to or connection.connection).execute(INSERT, values)


def sealed_ids() -> list[UUID]:
    """Return the identifiers of all leaves, in their order."""
    return identifiers(log=LOG, first=0, end=tree_of(LOG).size)


def check_sealed(entries: dict[UUID, bytes]) -> None:
    """Hold the log to these entries: each in its place, and the root over them."""
    told = sealed_ids()
    assert sorted(told) == sorted(entries)
    root = root_of([leaf_hash(entries[identifier]) for identifier in told])
    assert tree_of(LOG).root() == root
    head = Head.objects.filter(log=LOG).order_by("-size").first()
    assert head is not None
    assert (head.size, bytes(head.root)) == (len(entries), root)


@pytest.mark.parametrize("batch", [1, 7, 100, 5000])
def test_all_that_is_committed_is_sealed_once_in_batches_of_any_size(batch: int) -> None:
    entries: dict[UUID, bytes] = {}
    for count in (1, 3, 255, 1, 300):
        some = new_entries(count if batch > 1 else min(count, 20))
        write(some)
        entries |= some
        Sealer(LOG, batch=batch).seal_all()
        check_sealed(entries)
    for index, identifier in enumerate(sealed_ids()):
        if index % 50 == 0:
            assert position_of(log=LOG, identifier=identifier) == index
    index = len(entries) // 2
    identifier = sealed_ids()[index]
    tree = tree_of(LOG)
    leaf = leaf_hash(entries[identifier])
    assert root_from_inclusion(leaf=leaf, index=index, size=tree.size, path=tree.inclusion(index)) == tree.root()


def test_an_entry_that_commits_late_is_sealed_after_those_that_overtook_it(clone: Clone) -> None:
    late, early, later = new_entries(2), new_entries(3), new_entries(1)
    for slow in clone.connect_as("kbi_app"):
        slow.autocommit = False
        write(late, slow)
        write(early)
        assert Sealer(LOG).seal_all().leaves == 0  # the slow transaction may still commit below it
        slow.commit()
        write(later)
    assert Sealer(LOG).seal_all().leaves == 6
    check_sealed(late | early | later)


def test_what_is_rolled_back_is_never_sealed(clone: Clone) -> None:
    kept = new_entries(5)
    for other in clone.connect_as("kbi_app"):
        other.autocommit = False
        write(new_entries(4), other)
        other.rollback()
    write(kept)
    Sealer(LOG).seal_all()
    check_sealed(kept)


def test_an_entry_that_is_not_sealed_has_no_place() -> None:
    (identifier,) = entries = new_entries(1)
    assert position_of(log=LOG, identifier=identifier) is None
    write(entries)
    assert position_of(log=LOG, identifier=identifier) is None
    Sealer(LOG).seal_all()
    assert position_of(log=LOG, identifier=identifier) == 0


def test_two_sealers_without_turns_write_nothing_over_each_other() -> None:
    entries = new_entries(600)
    for identifier, leaf in entries.items():
        write({identifier: leaf})

    def work(_number: int) -> int:
        sealed = 0
        try:
            for _ in range(40):
                try:
                    sealed += Sealer(LOG, batch=9).seal().leaves
                except SealedByAnotherError:
                    continue
        finally:
            connection.close()
        return sealed

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))
    Sealer(LOG).seal_all()
    check_sealed(entries)


def test_one_session_has_the_turn_and_the_next_gets_it_when_that_session_ends(clone: Clone) -> None:
    def other_gets_it() -> bool:
        try:
            with turn(LOG) as is_mine:
                return is_mine
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with turn(LOG) as is_mine:
            assert is_mine
            assert not pool.submit(other_gets_it).result()
        assert pool.submit(other_gets_it).result()
        assert pool.submit(other_gets_it).result()


def test_logs_are_sealed_apart_and_an_origin_never_changes(settings: Settings) -> None:
    write(new_entries(3))
    assert Sealer(LogNumber.EXCHANGES).seal_all().size == 0
    assert Sealer(LOG).seal_all().size == 3
    assert Edge.objects.get(log=LOG).origin == origin_of(LOG) != origin_of(LogNumber.EXCHANGES)
    settings.LOG_ORIGINS = {**settings.LOG_ORIGINS, LOG: "elsewhere"}
    with pytest.raises(OriginChangedError):
        Sealer(LOG).seal()


def test_the_clock_of_sealing_moves_when_nothing_is_left() -> None:
    before = now()
    Sealer(LOG).seal_all()
    assert Edge.objects.get(log=LOG).sealed_through >= before


def test_one_entry_appended_by_a_verb_is_sealed() -> None:
    identifier = next(iter(new_entries(1)))
    append(log=LOG, identifier=identifier, recorded_at=now(), leaf=b"{}")
    Sealer(LOG).seal_all()
    check_sealed({identifier: b"{}"})


def test_a_sealer_of_small_batches_catches_up_with_its_own_transactions() -> None:
    sealer = Sealer(LOG, batch=1)
    for identifier, leaf in new_entries(4).items():
        write({identifier: leaf})
    for _ in range(200):
        if sealer.seal().caught_up:
            break
    assert sealer.seal_all().size == 4
