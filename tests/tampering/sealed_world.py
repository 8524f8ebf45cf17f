"""A ledger with a past, sealed, signed, witnessed and timestamped: made once, and cloned for each attack on it.

Some 600 exchanges in several transactions, with corrections, an erased person and an erased field, and acts.
The signer and both witnesses are real, on HTTP, with memories in folders of their own.
"""

from __future__ import annotations

import json
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
from django.db import connection, connections
from django.test import override_settings
from psycopg import sql

from compliance.exchanges.people import person_lookup
from compliance.exchanges.record import record
from compliance.kernel.actor import system
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.models import Opening, PersonKey
from compliance.ledger.months import make_ahead
from compliance.ledger.notes import COSIGNATURE
from compliance.ledger.patience import Patience
from compliance.ledger.policy import parse_policy
from compliance.ledger.publish import latest_published, publish
from compliance.ledger.seal import Sealer
from compliance.ledger.timestamps.stamp import stamp
from compliance.ledger.witnessing.keys import SigningKey, signing_key
from compliance.ledger.witnessing.memory import Memory
from compliance.ledger.witnessing.notary import Notary
from compliance.ledger.witnessing.signer import Signer
from compliance.ledger.witnessing.witness import Watching
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind
from compliance.reporting.verification.begin import begin
from compliance.reporting.verification.verify import verify
from compliance.retention.erase import erase_field, erase_person
from compliance.retention.vocabulary import Ground, PersonalField
from compliance.simulation.numbers import synthetic_insz
from kbi_audit.demo.authority_files import make_authority
from kbi_audit.demo.timestamp_authority import Authority
from kbi_audit.embedded.home import APP, OWNER, SUPERUSER
from tests.exchanges.world import GATEWAY, make_world, report
from tests.ledger.notaries import memory_in, serving
from tests.ledger.test_timestamps_stamp import serving as serving_authority

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

    from compliance.ledger.verify.findings import Failure
    from tests.clones import Clone

EXCHANGES, OVERSIGHT = LogNumber.EXCHANGES, LogNumber.OVERSIGHT
OFFICER = system("officer")
WITNESSES = ("one", "two")
ERASED = 70
OF_ERASED = {30, 31, 33}
DECIDED = {"decision": "AVG-2026-017", "reason": "besluit van de functionaris", "ground": Ground.DATA_SUBJECT_REQUEST}


def log_key(log: LogNumber) -> SigningKey:
    """Return the key by which the signer signs a log."""
    return signing_key(origin_of(log), bytes([log]) * 32, 1)


def witness_key(name: str) -> SigningKey:
    """Return a witness's key."""
    return signing_key(f"{name}.example", name.encode().ljust(32), COSIGNATURE)


@dataclass
class World:
    """One clone of the world, and what stands outside it."""

    folder: Path
    held: str
    held_size: int

    def seal(self) -> None:
        """Seal and publish all that is there."""
        for log in LogNumber:
            Sealer(log).seal_all()
            publish(log=log, patience=Patience(first_wait=0.0))

    def failures(self, *, log: LogNumber = EXCHANGES, held: bool = False) -> dict[str, Failure]:
        """Verify a log, and return what failed, by check."""
        return verify(begin(log=log), held=[self.held] if held else []).failures


@contextmanager
def outside(folder: Path) -> Iterator[None]:
    """Run signer, witnesses and authority on their memories in a folder, and let the settings name them."""
    logs = "".join(f"log {log_key(log).vkey}\n" for log in LogNumber)
    with ExitStack() as stack:
        keys = [log_key(log) for log in LogNumber]
        memory = stack.enter_context(Memory(folder / "signer"))
        signer = stack.enter_context(serving(Signer(Notary(memory), keys)))
        policy = logs
        for name in WITNESSES:
            memory = stack.enter_context(Memory(folder / name))
            watching = Watching(Notary(memory), [witness_key(name)], parse_policy(f"{logs}quorum none\n"))
            policy += f"witness {name} {witness_key(name).vkey} {stack.enter_context(serving(watching))}\n"
        (folder / "policy.txt").write_text(f"{policy}group both all one two\nquorum both\n")
        authority = stack.enter_context(serving_authority(Authority(folder / "authority")))
        named = {
            "SIGNER_URL": signer,
            "WITNESS_POLICY_FILE": folder / "policy.txt",
            "TIMESTAMP_URL": authority,
            "TIMESTAMP_AUTHORITY_FILE": folder / "authority" / "root.pem",
            "TIMESTAMP_SECONDS": 0,
        }
        stack.enter_context(override_settings(**named))
        yield


def build(folder: Path) -> None:
    """Make the world in the database as it is, with the memories of those outside in a folder."""
    for name in ("signer", *WITNESSES):
        memory_in(folder / name)
    (folder / "authority").mkdir()
    make_authority(folder / "authority", name="Authority")
    make_world()
    make_ahead()
    world = World(folder, "", 0)
    with outside(folder):
        ids = exchanges(0, 300)
        for number in range(5):
            record_act(
                actor=OFFICER, kind=ActKind.EXCHANGE_READ, object_id=ids[number], reason="controle van het dossier"
            )
        world.seal()
        stamp(log=EXCHANGES)
        steal(folder / "stolen.json")
        erase_person(actor=OFFICER, kind="insz", value=synthetic_insz(ERASED), **DECIDED)  # type: ignore[arg-type]
        erase_field(actor=OFFICER, exchange_id=ids[20], field=PersonalField.DOSSIER, **DECIDED)  # type: ignore[arg-type]
        for number in range(6):
            exchanges(300 + number * 40, 40)
            world.seal()
        stamp(log=EXCHANGES)
        published = latest_published(EXCHANGES)
        assert published is not None
        assert published.quorum_met
        (folder / "held.txt").write_text(published.note)
        exchanges(540, 60, corrects=ids[1])
        world.seal()
        for log in LogNumber:
            failures = world.failures(log=log)
            assert not failures, failures


def persons_of(number: int) -> list[int]:
    """Return who an exchange is about."""
    return [*range(number % 9, number % 9 + number % 3), *([ERASED] if number in OF_ERASED else [])]


def steal(file: Path) -> None:
    """Keep, as a thief or a backup does, what is about to be erased."""
    person = person_lookup("", "insz", synthetic_insz(ERASED))
    openings = Opening.objects.filter(log=EXCHANGES, lookup=person)
    key = PersonKey.objects.get(log=EXCHANGES, lookup=person)
    told = {
        "openings": [
            (
                str(kept.id),
                kept.position,
                person.hex(),
                kept.dossier_lookup and bytes(kept.dossier_lookup).hex(),
                bytes(kept.sealed).hex(),
            )
            for kept in openings
        ],
        "key": (person.hex(), bytes(key.wrapped).hex()),
    }
    file.write_text(json.dumps(told))


def exchanges(first: int, count: int, *, corrects: UUID | None = None) -> list[UUID]:
    """Record so many exchanges in one transaction: with and without user, dossier, second person, decision."""
    reports = []
    for number in range(first, first + count):
        told = report(
            message_reference=f"T-{number:06}",
            producer_sequence=number + 1,
            started_at=f"2016-03-01T09:{number // 60:02}:{number % 60:02}.120000Z",
            subjects=[{"kind": "insz", "value": synthetic_insz(n)} for n in persons_of(number)],
            dossier=f"D-{number}" if number % 2 == 0 else None,
            asker={"organisation": "VDAB", **({"user": {"kind": "local", "value": "u-7"}} if number % 5 else {})},
            decision=f"quoted-{number:06}" if number % 7 == 0 else None,
            corrects=str(corrects) if corrects is not None and number == first else None,
        )
        reports.append(told)
    return [recorded.id for recorded in record(reports=reports, reporter=GATEWAY, with_receipts=False)]


def copy_database(clone: Clone, *, source: str, target: str) -> None:
    """Put a copy of a database in the place of another; whoever is connected to either is cut off."""
    connections.close_all()
    names = {"source": sql.Identifier(source), "target": sql.Identifier(target)}
    names |= {"owner": sql.Identifier(OWNER), "app": sql.Identifier(APP)}
    with psycopg.connect(clone.machine.database_url(SUPERUSER, "postgres"), autocommit=True) as admin:
        for statement in (
            "DROP DATABASE IF EXISTS {target} WITH (FORCE)",
            "CREATE DATABASE {target} OWNER {owner} TEMPLATE {source} STRATEGY FILE_COPY",
            "REVOKE ALL ON DATABASE {target} FROM PUBLIC",
            "GRANT CONNECT ON DATABASE {target} TO {app}",
        ):
            admin.execute(sql.SQL(statement).format(**names))
    connection.ensure_connection()
