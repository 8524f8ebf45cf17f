"""A log says itself that its key changes, and which log it follows; the keys are made without the service."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from compliance.kernel.actor import system
from compliance.kernel.errors import InvalidInputError
from compliance.ledger.change_key import change_key
from compliance.ledger.checkpoint import Checkpoint
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.models import Entry
from compliance.ledger.notes import Note, parse_signatures, sign_line, verified, verifier_of
from compliance.ledger.succeed import AlreadyBegunError, succeed
from compliance.ledger.witnessing.keys import parse_keys
from compliance.simulation.numbers import synthetic_insz
from tests.ledger.notaries import PROJECT, log_key, witness_key

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from compliance.ledger.witnessing.keys import SigningKey

ACTOR = system("test")
EXCHANGES, OVERSIGHT = LogNumber.EXCHANGES, LogNumber.OVERSIGHT
WHY = "The yearly change of keys."


def key(seed: bytes, origin: str = "") -> SigningKey:
    """Return a key of the log of exchanges, or of another origin."""
    return log_key(seed * 32, origin or origin_of(EXCHANGES))


def leaf_of(log: int, identifier: UUID) -> dict[str, Any]:
    """Return what an entry says."""
    leaf: dict[str, Any] = json.loads(bytes(Entry.objects.get(log=log, id=identifier).leaf))
    return leaf


@pytest.mark.usefixtures("transactional_db")
def test_a_change_of_key_stands_in_every_log_with_both_keys() -> None:
    old, new = key(b"o").vkey, key(b"n").vkey
    entries = change_key(old=old, new=new, actor=ACTOR, reason=WHY)
    assert set(entries) == {EXCHANGES, OVERSIGHT}
    for log, identifier in entries.items():
        leaf = leaf_of(log, identifier)
        assert leaf.pop("at").endswith("Z")
        assert leaf == {
            "actor": {"kind": "system", "name": "test", "organisation": ""},
            "id": str(identifier),
            "log": origin_of(EXCHANGES),
            "new_key": new,
            "old_key": old,
            "origin": origin_of(log),
            "reason": WHY,
            "schema": "kbi-audit/key-change/1",
        }


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("nonsense", key(b"n").vkey, WHY),
        (key(b"o").vkey, key(b"o").vkey, WHY),
        (key(b"o", "elsewhere.example").vkey, key(b"n", "elsewhere.example").vkey, WHY),
        (key(b"o").vkey, key(b"n", origin_of(OVERSIGHT)).vkey, WHY),
        (key(b"o").vkey, witness_key(name=origin_of(EXCHANGES)).vkey, WHY),
        (key(b"o").vkey, key(b"n").vkey, " "),
        (key(b"o").vkey, key(b"n").vkey, "x" * 501),
        (key(b"o").vkey, key(b"n").vkey, f"lost by {synthetic_insz(1)}"),
    ],
    ids=["no key", "the same key", "another log", "two logs", "a witness", "no reason", "a long reason", "a person"],
)
def test_what_is_no_change_of_a_key_of_ours_is_refused(old: str, new: str, reason: str) -> None:
    with pytest.raises(InvalidInputError):
        change_key(old=old, new=new, actor=ACTOR, reason=reason)
    assert not Entry.objects.exists()


OLD = log_key(b"o" * 32, "old.example/exchanges")


def checkpoint_of(origin: str, signed_by: SigningKey = OLD) -> str:
    """Return a checkpoint of a log that ended."""
    text = Checkpoint(origin, 9, bytes(32)).text()
    return f"{text}\n{sign_line(text, name=signed_by.verifier.name, seed=signed_by.seed)}"


@pytest.mark.usefixtures("transactional_db")
def test_a_log_that_follows_another_holds_its_last_checkpoint_in_the_first_entry() -> None:
    last = checkpoint_of("old.example/exchanges")
    entry = succeed(log=EXCHANGES, checkpoint=last, key=OLD.vkey, actor=ACTOR, reason="The key was stolen.")
    leaf = leaf_of(EXCHANGES, entry)
    assert (leaf["schema"], leaf["succeeds"]) == ("kbi-audit/succession/1", "old.example/exchanges")
    assert "\n".join(leaf["checkpoint"]) + "\n" == last
    assert verifier_of(leaf["old_key"]) == OLD.verifier
    with pytest.raises(AlreadyBegunError):
        succeed(log=EXCHANGES, checkpoint=last, key=OLD.vkey, actor=ACTOR, reason="The key was stolen.")


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize(
    ("checkpoint", "old"),
    [
        ("nonsense", OLD),
        (checkpoint_of("old.example/exchanges", log_key(b"x" * 32, "old.example/exchanges")), OLD),
        (checkpoint_of("other.example/exchanges"), OLD),
        (checkpoint_of("old.example/exchanges").replace("\n9\n", "\n8\n"), OLD),
        (checkpoint_of(origin_of(EXCHANGES), key(b"o")), key(b"o")),
    ],
    ids=["no checkpoint", "another key", "another log", "changed", "the same origin"],
)
def test_a_log_follows_only_a_checkpoint_that_its_log_signed(checkpoint: str, old: SigningKey) -> None:
    with pytest.raises(InvalidInputError):
        succeed(log=EXCHANGES, checkpoint=checkpoint, key=old.vkey, actor=ACTOR, reason="The key was stolen.")


def test_a_key_is_made_where_no_secret_of_the_service_is_known(tmp_path: Path) -> None:
    path = tmp_path / "log.key"
    command = [sys.executable, "manage.py", "signing_key", "--name", "log.example/exchanges", "--key", str(path)]
    made = subprocess.run(command, capture_output=True, text=True, check=True, env={}, cwd=PROJECT)
    assert path.stat().st_mode & 0o777 == 0o600
    (written,) = parse_keys(path.read_text())
    assert made.stdout == f"{written.vkey}\n"
    text = "signed\n"
    line = sign_line(text, name=written.verifier.name, seed=written.seed)
    assert verified(Note(text, parse_signatures(line)), [verifier_of(made.stdout.strip())]) == ["log.example/exchanges"]
    again = subprocess.run(command, capture_output=True, text=True, check=False, env={}, cwd=PROJECT)
    assert again.returncode == 1
    assert "File exists" in again.stderr


@pytest.mark.usefixtures("transactional_db")
def test_the_command_announces_what_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="Give --name"):
        call_command("signing_key", "--announce")
    last = tmp_path / "checkpoint"
    last.write_text(checkpoint_of("old.example/exchanges"))
    options = ("--announce", "--old", OLD.vkey, "--after", str(last), "--actor", "operator")
    call_command("signing_key", *options, "--reason", "The key was stolen.")
    call_command("signing_key", "--announce", "--old", key(b"o").vkey, "--new", key(b"n").vkey, "--reason", WHY)
    assert len(capsys.readouterr().out.splitlines()) == 3
    schemas = [json.loads(bytes(entry.leaf))["schema"] for entry in Entry.objects.filter(log=EXCHANGES)]
    assert sorted(schemas) == ["kbi-audit/key-change/1", "kbi-audit/succession/1"]
    with pytest.raises(CommandError, match="Say why"):
        call_command("signing_key", "--announce", "--old", key(b"o").vkey, "--new", key(b"n").vkey)
