"""Promises of bundles about a log to which things happened: erasures, vanished openings, strange and late entries."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from compliance.kernel.canonical import encode
from compliance.kernel.clock import canonical_time, microseconds, now
from compliance.kernel.record_id import record_id
from compliance.ledger.append import append
from compliance.ledger.models import Entry
from compliance.ledger.months import ensure_months, month_of
from compliance.reporting.evidence.leaves import LedgerBrokenError
from compliance.reporting.evidence.verifier.selection import Filter
from compliance.retention.erase import erase_records
from compliance.retention.hold import hold_records
from compliance.retention.vocabulary import Ground
from tests.exchanges.world import INSZ
from tests.reporting.evidence.make_bundle import ACTOR, make_bundle, publish_now, record_some, use_policy
from tests.reporting.evidence.rewriting import declared, files_of, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import psycopg

    from tests.reporting.evidence.conftest import Verified

    Verify = Callable[..., Verified]

LINES = "data/records.ndjson"
WITH_PERSONS: dict[str, Any] = {"disclose": True, "reason": "Control of March 2016"}


@pytest.fixture
def ids(committed: None, tmp_path: Path) -> list[str]:
    """Have five exchanges recorded and confirmed; return their identifiers."""
    use_policy(tmp_path)
    recorded = record_some(5)
    publish_now()
    return recorded


def erase(identifier: str) -> None:
    """Erase a record's openings, and publish that."""
    erase_records(
        actor=ACTOR,
        exchange_ids=[UUID(identifier)],
        ground=Ground.COURT_ORDER,
        decision="2026/17",
        reason="The court of Ghent orders it",
    )
    publish_now()


def lines_of(file: Path) -> list[dict[str, Any]]:
    """Return the records of a bundle, read."""
    return [json.loads(line) for line in files_of(file)[LINES].splitlines()]


def test_what_was_erased_is_withheld_and_the_entry_that_says_so_is_proven(
    ids: list[str], tmp_path: Path, verify: Verify
) -> None:
    erase(ids[0])
    made = make_bundle(tmp_path, **WITH_PERSONS)

    found = verify(made.bundle, "--policy", made.policy)
    assert (found.status, found.results["erasures"]) == (0, "passed"), found.told
    told = {line["leaf"]["id"]: line for line in lines_of(made.bundle)}
    assert set(told[ids[0]]["withheld"].values()) == {"erased"}
    assert not told[ids[1]]["withheld"]


def test_a_bundle_of_hits_proves_the_erasures_too(ids: list[str], tmp_path: Path, verify: Verify) -> None:
    erase(ids[0])
    made = make_bundle(tmp_path, mode="hits", filter=Filter(ids=(ids[0],)), **WITH_PERSONS)

    assert verify(made.bundle, "--policy", made.policy).results["erasures"] == "passed"
    assert len(files_of(made.bundle)["data/erasures.ndjson"].splitlines()) == 1


def test_an_erasure_that_is_left_out_is_caught(ids: list[str], tmp_path: Path, verify: Verify) -> None:
    erase(ids[0])
    made = make_bundle(tmp_path, **WITH_PERSONS)
    files = files_of(made.bundle)
    files["data/erasures.ndjson"] = b""
    declared(lambda told: told["erasures"].update(count=0))(files)

    assert "erasures" in verify(write(files, tmp_path / "forged.zip"), "--policy", made.policy).failed


@pytest.mark.parametrize("is_listed", [True, False])
def test_an_erased_person_who_is_put_back_is_caught_whether_the_erasure_is_listed_or_not(
    ids: list[str], tmp_path: Path, verify: Verify, *, is_listed: bool
) -> None:
    before = make_bundle(tmp_path, "before.zip", **WITH_PERSONS)
    erase(ids[0])
    made = make_bundle(tmp_path, **WITH_PERSONS)
    files = files_of(made.bundle)
    kept = {json.loads(line)["leaf"]["id"]: line for line in files_of(before.bundle)[LINES].splitlines()}
    files[LINES] = b"".join(
        kept.get(json.loads(line)["leaf"]["id"], line) + b"\n" for line in files[LINES].splitlines()
    )
    if not is_listed:
        files["data/erasures.ndjson"] = b""
        declared(lambda told: told["erasures"].update(count=0))(files)

    assert "erasures" in verify(write(files, tmp_path / "forged.zip"), "--policy", made.policy).failed


def test_an_opening_that_vanished_is_told_from_one_that_was_erased(
    ids: list[str], tmp_path: Path, verify: Verify, superuser_connection: psycopg.Connection
) -> None:
    superuser_connection.execute("SET session_replication_role = replica")
    superuser_connection.execute("DELETE FROM ledger_opening WHERE id = %s", [ids[0]])
    made = make_bundle(tmp_path, **WITH_PERSONS)

    assert verify(made.bundle, "--policy", made.policy).failed == {"disclosures"}


def test_what_is_on_hold_or_under_investigation_is_disclosed_to_nobody(
    ids: list[str], tmp_path: Path, verify: Verify
) -> None:
    secret = record_some(1, confidentiality="investigation", subjects=[])
    hold_records(actor=ACTOR, exchange_ids=[UUID(ids[0])], reason="A case of the DPO", decision="2026/18")
    publish_now()
    made = make_bundle(tmp_path, mode="hits", filter=Filter(ids=(ids[0], *secret)), **WITH_PERSONS)

    assert verify(made.bundle, "--policy", made.policy).status == 0
    told = {line["leaf"]["id"]: set(line["withheld"].values()) for line in lines_of(made.bundle)}
    assert told == {ids[0]: {"held"}, secret[0]: {"confidential"}}
    assert INSZ.encode() not in files_of(made.bundle)[LINES]


def test_a_leaf_of_another_log_is_caught_though_it_was_sealed_in_this_one(
    ids: list[str], tmp_path: Path, verify: Verify
) -> None:
    append_changed(ids[0], origin="another.example/log")
    publish_now()
    made = make_bundle(tmp_path)

    assert verify(made.bundle, "--policy", made.policy).failed == {"origin", "completeness"}


@pytest.mark.parametrize(("hours", "of"), [(-3, "the past"), (3, "the future")])
def test_a_leaf_that_says_it_was_received_at_another_time_is_caught(
    ids: list[str], tmp_path: Path, verify: Verify, hours: int, of: str
) -> None:
    received_at = canonical_time(microseconds(now() + timedelta(hours=hours)))
    append_changed(ids[0], received_at=received_at)
    publish_now()
    made = make_bundle(tmp_path)

    assert verify(made.bundle, "--policy", made.policy).failed == {"times"}, of


def test_no_evidence_is_made_of_a_ledger_that_was_changed(
    ids: list[str], tmp_path: Path, superuser_connection: psycopg.Connection
) -> None:
    superuser_connection.execute("SET session_replication_role = replica")
    superuser_connection.execute(
        "UPDATE ledger_entry SET leaf = set_byte(leaf, 40, 255 - get_byte(leaf, 40)) WHERE id = %s", [ids[0]]
    )

    with pytest.raises(LedgerBrokenError):
        make_bundle(tmp_path)


def append_changed(identifier: str, **changes: str) -> None:
    """Append a copy of a leaf with changed members, as one who can write to the database might."""
    at = now()
    ensure_months([month_of(at)])
    leaf = json.loads(bytes(Entry.objects.get(id=identifier).leaf))
    copied = UUID(bytes=record_id(key=b"k", at=microseconds(at), producer="forger", reference=identifier))
    append(log=1, identifier=copied, recorded_at=at, leaf=encode({**leaf, "id": str(copied), **changes}))
