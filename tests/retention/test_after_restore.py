"""After a restore the log is again what was signed, what was erased since is erased again, and the rest is said."""

from __future__ import annotations

from contextlib import ExitStack
from io import StringIO
from typing import TYPE_CHECKING, Any, LiteralString

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from compliance.exchanges.models import Exchange
from compliance.exchanges.record import record
from compliance.exchanges.reveal import reveal
from compliance.kernel.canonical import encode
from compliance.kernel.clock import canonical_time, microseconds, now
from compliance.ledger.continuity import LedgerBehindError, check_continuity
from compliance.ledger.holds import held
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.models import Entry, Opening, PersonKey
from compliance.ledger.months import ensure_months, month_of
from compliance.ledger.own_entry import own_id
from compliance.ledger.patience import Patience
from compliance.ledger.policy import parse_policy
from compliance.ledger.positions import identifiers
from compliance.ledger.publish import latest_published
from compliance.ledger.publish import publish as publish_head
from compliance.ledger.seal import Sealer
from compliance.ledger.stored_tiles import sealed_size, tree_of
from compliance.ledger.tile_store.opened import store_at, store_of
from compliance.ledger.tile_store.write_tiles import write_tiles
from compliance.ledger.tiles import entries_path
from compliance.ledger.witnessing.notary import Notary
from compliance.ledger.witnessing.signer import Signer
from compliance.ledger.witnessing.witness import Watching
from compliance.oversight.act import record_act
from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind
from compliance.retention.erase import erase_field, erase_person
from compliance.retention.halt import halted
from compliance.retention.hold import hold_records, release
from compliance.retention.restore.after_restore import after_restore
from compliance.retention.vocabulary import PersonalField
from compliance.simulation.numbers import synthetic_insz
from compliance.statistics.follow import follow
from compliance.statistics.rebuild import compare
from kbi_audit.embedded.home import SUPERUSER
from tests.exchanges.world import GATEWAY, report
from tests.ledger.growing import sign
from tests.ledger.notaries import log_key, memory_in, serving, witness_key
from tests.retention.acting import ASKED, DECIDED, OFFICER, committed, opened, recorded, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.clones import Clone

pytestmark = [pytest.mark.alone, pytest.mark.usefixtures("committed_world")]
LOG = LogNumber.EXCHANGES
WHY = "een test na herstel"


class Backup:
    """A copy of the database as it was, to be put in its place."""

    def __init__(self, clone: Clone) -> None:
        """Name it after the database."""
        self._clone = clone
        self._name = f"{clone.name}_backup"

    def take(self) -> None:
        """Copy the database as it is."""
        self._copy(self._clone.name, self._name)

    def restore(self) -> None:
        """Put the copy in the place of the database."""
        self._copy(self._name, self._clone.name)

    def drop(self) -> None:
        """Leave nothing behind."""
        self._run("DROP DATABASE IF EXISTS {to} WITH (FORCE)", "", self._name)

    def _copy(self, source: str, to: str) -> None:
        connections.close_all()
        self._run("DROP DATABASE IF EXISTS {to} WITH (FORCE)", source, to)
        self._run("CREATE DATABASE {to} OWNER kbi_owner TEMPLATE {source} STRATEGY FILE_COPY", source, to)
        self._run("GRANT CONNECT ON DATABASE {to} TO kbi_app", source, to)

    def _run(self, statement: LiteralString, source: str, to: str) -> None:
        names = {"source": sql.Identifier(source or to), "to": sql.Identifier(to)}
        with psycopg.connect(self._clone.machine.database_url(SUPERUSER, "postgres"), autocommit=True) as admin:
            admin.execute(sql.SQL(statement).format(**names))


@pytest.fixture
def backup(clone: Clone, transactional_db: None) -> Iterator[Backup]:
    """Yield a backup that can be taken and restored."""
    made = Backup(clone)
    yield made
    made.drop()


@pytest.fixture(autouse=True)
def _tile_store(settings: Any, tmp_path: Path) -> None:
    settings.TILE_STORE = str(tmp_path)
    store_at.cache_clear()


def publish() -> None:
    """Seal, sign and copy all that was recorded."""
    for log in LogNumber:
        Sealer(log).seal_all()
        if sealed_size(log):
            sign(log=log)
            write_tiles(log=log)


def state() -> dict[str, Any]:
    """Return all that must be the same again."""
    leaves = {(entry.log, entry.id): bytes(entry.leaf) for entry in Entry.objects.all()}
    columns = Exchange.objects.order_by("id").values()
    return {
        "roots": {log: tree_of(log).root() for log in LogNumber},
        "order": {log: identifiers(log=log, first=0, end=sealed_size(log)) for log in LogNumber},
        "leaves": leaves,
        "exchanges": [{k: v for k, v in row.items() if k not in {"xid", "fingerprint"}} for row in columns],
        "acts": list(Act.objects.order_by("id").values("id", "at", "kind", "actor", "object_id", "reason")),
        "openings": {(one.id, one.position) for one in Opening.objects.all()},
        "keys": {bytes(key.lookup) for key in PersonKey.objects.all()},
    }


def erasures() -> set[tuple[object, ...]]:
    """Return what is recorded as erased."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, position, entry, fields::text FROM ledger_erasure")
        return set(cursor.fetchall())


def test_a_log_that_lost_nothing_may_open_and_is_never_halted() -> None:
    recorded("one", 1)
    publish()
    assert after_restore().holds
    assert halted() is None


def test_what_was_recorded_and_decided_after_the_backup_is_there_again_in_the_same_order(backup: Backup) -> None:
    first, second, third = (recorded(f"r{number}", number) for number in (1, 2, 3))
    publish()
    backup.take()
    for number in range(4, 9):
        recorded(f"r{number}", number, started_at=f"2016-0{11 - number}-01T10:00:00Z")
    record(reports=[report(message_reference=f"b{number}") for number in range(300)], reporter=GATEWAY)
    recorded("c", 1, corrects=str(second))
    record_act(actor=OFFICER, kind=ActKind.EXCHANGE_READ, object_id=first, reason="een blik")
    erase_person(kind="insz", value=synthetic_insz(1), **ASKED)
    erase_field(exchange_id=second, field=PersonalField.DOSSIER, **ASKED)
    hold_records(exchange_ids=[third], **DECIDED)
    other = hold_records(exchange_ids=[second], **DECIDED)
    release(hold=other, **DECIDED)
    publish()
    before, erased, signed = state(), erasures(), sealed_size(LOG)

    backup.restore()
    with pytest.raises(LedgerBehindError):
        check_continuity(log=LOG)
    outcome = after_restore()

    assert (outcome.missing, outcome.holds) == ([], True)
    after = state()
    for what in ("exchanges", "acts"):
        assert after[what] == before[what]
    assert before["leaves"].items() <= after["leaves"].items()
    assert tree_of(LOG, signed).root() == before["roots"][LOG]
    assert identifiers(log=LOG, first=0, end=signed) == before["order"][LOG]
    assert erasures() == erased
    assert after["openings"] <= before["openings"]
    assert after["keys"] <= before["keys"]
    assert reveal(exchange_id=first, actor=OFFICER, reason=WHY).subjects == ()
    assert reveal(exchange_id=second, actor=OFFICER, reason=WHY).dossier is None
    assert opened(third) == committed(third)
    assert held(log=LOG, ids=[first, second, third]) == {third}
    assert halted() is None
    check_continuity(log=LOG)
    publish()
    follow()
    assert compare() == []


def test_what_openings_were_lost_is_said_in_the_log_and_a_producer_may_send_all_again(backup: Backup) -> None:
    recorded("before", 1)
    publish()
    backup.take()
    after = recorded("after", 2)
    publish()
    backup.restore()
    outcome = after_restore()

    (restored,) = outcome.restored
    assert (restored.first, restored.until, restored.done.exchanges) == (1, 2, 1)
    said = [told(entry) for entry in Entry.objects.filter(log=LOG).values_list("id", flat=True)]
    (restoration,) = [entry for entry in said if entry["schema"] == "kbi-audit/restoration/1"]
    assert (restoration["first"], restoration["until"], restoration["exchanges"]) == (1, 2, 1)
    assert opened(after) == set()
    assert recorded("after", 2) == after
    assert Exchange.objects.count() == 2


def test_what_committed_after_the_backup_and_began_before_what_that_holds_gets_its_place_between(
    backup: Backup, clone: Clone
) -> None:
    recorded("sealed", 1)
    publish()
    # A transaction that stays open, in another database, since one here would keep the backup from being taken.
    with psycopg.connect(clone.machine.database_url(SUPERUSER, "postgres")) as slow:
        (xid,) = slow.execute("SELECT pg_current_xact_id()::text::bigint").fetchone() or (0,)
        waiting = recorded("waiting", 2)
        publish()
        assert sealed_size(LOG) == 1
        backup.take()
        at = now()
        entry = own_id(at)
        leaf = encode({"at": canonical_time(microseconds(at)), "id": str(entry), "schema": "kbi-audit/key-change/1"})
        ensure_months([month_of(at)])
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO ledger_entry (xid, id, log, recorded_at, leaf) VALUES (%s, %s, %s, %s, %s)",
                [xid, entry, LOG, at, leaf],
            )
    recorded("later", 3)
    publish()
    root, order = tree_of(LOG).root(), identifiers(log=LOG, first=0, end=4)
    assert order[1:3] == [entry, waiting]

    backup.restore()
    outcome = after_restore()

    assert (outcome.missing, outcome.restored[0].done.entries) == ([], 2)
    assert tree_of(LOG, 4).root() == root
    assert identifiers(log=LOG, first=0, end=4) == order
    assert opened(waiting) == committed(waiting)


def test_what_only_waited_to_be_sealed_at_the_backup_is_sealed_as_it_was_without_any_copy(
    backup: Backup, clone: Clone
) -> None:
    recorded("sealed", 1)
    publish()
    with psycopg.connect(clone.machine.database_url(SUPERUSER, "postgres")) as slow:
        slow.execute("SELECT pg_current_xact_id()")
        waiting = [recorded(f"waiting-{number}", number) for number in (2, 3)]
        backup.take()
    publish()
    root = tree_of(LOG).root()
    backup.restore()
    store = store_of(LOG)
    assert store is not None
    store.remove(entries_path(0, 3))
    with pytest.raises(LedgerBehindError):
        check_continuity(log=LOG)

    outcome = after_restore()

    assert (outcome.missing, outcome.restored[0].done.entries) == ([], 0)
    assert tree_of(LOG, 3).root() == root
    assert all(opened(exchange) == committed(exchange) for exchange in waiting)


@pytest.mark.parametrize("lost", ["the last copies", "a copy changed"])
def test_what_cannot_come_back_is_said_in_words_and_intake_stays_closed(backup: Backup, lost: str) -> None:
    recorded("before", 1)
    publish()
    backup.take()
    recorded("after", 2)
    publish()
    backup.restore()
    store = store_of(LOG)
    assert store is not None
    path = entries_path(0, 2)
    if lost == "the last copies":
        store.remove(path)
    else:
        store.replace(path, (store.read(path) or b"").replace(b"VDAB", b"VMSW"))

    out, complaint = StringIO(), StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("after_restore", stdout=out, stderr=complaint)

    assert ("no copy" if lost == "the last copies" else "changed") in complaint.getvalue()
    assert "2 entries; 1 are sealed here" in complaint.getvalue()
    assert halted() is not None
    assert sealed_size(LOG) == 1


def test_a_database_that_went_on_by_itself_after_the_restore_is_found_out(backup: Backup) -> None:
    recorded("before", 1)
    publish()
    backup.take()
    recorded("after", 2)
    publish()
    backup.restore()
    recorded("fork", 3)
    recorded("fork-2", 3)
    Sealer(LOG).seal_all()

    outcome = after_restore()
    assert not outcome.holds
    assert any("another content" in sentence for sentence in outcome.missing)
    assert halted() is not None


def test_signer_and_witness_go_on_where_they_were_and_while_the_signer_is_away_nothing_opens(
    backup: Backup, settings: Any, tmp_path: Path
) -> None:
    keys = [log_key(bytes([log]) * 32, origin_of(log)) for log in LogNumber]
    cosigner = witness_key()
    logs = "".join(f"log {key.vkey}\n" for key in keys)
    policy = tmp_path / "policy"
    settings.WITNESS_POLICY_FILE = policy

    def publish_all() -> None:
        for log in LogNumber:
            Sealer(log).seal_all()
            publish_head(log=log, patience=Patience(first_wait=0.0))
            write_tiles(log=log)

    with ExitStack() as stack:
        remembering = [stack.enter_context(memory_in(tmp_path / name)) for name in ("signer", "witness")]
        signer = Signer(Notary(remembering[0]), keys)
        watching = Watching(Notary(remembering[1]), [cosigner], parse_policy(f"{logs}quorum none\n"))
        url = stack.enter_context(serving(watching))
        policy.write_text(f"{logs}witness one {cosigner.vkey} {url}/\nquorum one\n")
        with serving(signer) as settings.SIGNER_URL:
            recorded("before", 1)
            publish_all()
            backup.take()
            recorded("after", 2)
            record_act(actor=OFFICER, kind=ActKind.SIGNED_IN)
            publish_all()
            backup.restore()
        assert not after_restore().holds
        with serving(signer) as settings.SIGNER_URL:
            outcome = after_restore()
            assert (outcome.missing, outcome.silent) == ([], [])
            recorded("later", 3)
            publish_all()
            for log in LogNumber:
                published = latest_published(log)
                assert published is not None
                assert (published.size, published.quorum_met) == (sealed_size(log), True)


def test_a_run_that_was_stopped_halfway_is_finished_by_the_next(
    backup: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded("before", 1)
    publish()
    backup.take()
    for number in range(2, 6):
        recorded(f"r{number}", number, started_at=f"2016-03-0{9 - number}T10:00:00Z")
    erase_person(kind="insz", value=synthetic_insz(1), **ASKED)
    publish()
    root, size = tree_of(LOG).root(), sealed_size(LOG)
    backup.restore()

    with pytest.raises(KeyboardInterrupt):
        after_restore(progress=Stop(after=2))
    assert halted() is not None
    outcome = after_restore()

    assert outcome.missing == []
    assert tree_of(LOG, size).root() == root
    assert halted() is None
    assert {entry["schema"] for entry in map(told, Entry.objects.values_list("id", flat=True))} >= {
        "kbi-audit/restoration/1"
    }


class Stop:
    """Stops the run after so many steps, as Ctrl-C does."""

    def __init__(self, *, after: int) -> None:
        """Count down."""
        self._left = after

    def __call__(self, _entries: int) -> None:
        """Hear of a step."""
        self._left -= 1
        if not self._left:
            raise KeyboardInterrupt
