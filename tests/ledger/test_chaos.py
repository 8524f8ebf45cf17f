"""Whatever is killed, whenever: nothing acknowledged is lost, and every head ever signed is a prefix of the last."""

from __future__ import annotations

import os
import signal
import threading
import time
from multiprocessing import get_context
from random import Random
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

import pytest
from django.db import connection, transaction

from compliance.ledger.checkpoint import parse_checkpoint
from compliance.ledger.keep_sealing import keep_sealing, seal_once
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.models import Checkpoint, Entry, Head
from compliance.ledger.months import make_ahead
from compliance.ledger.notes import parse
from compliance.ledger.positions import identifiers
from compliance.ledger.proofs import leaf_hash, root_of
from compliance.ledger.stored_tiles import tree_of
from compliance.ledger.witnessing.memory import Memory
from compliance.ledger.witnessing.notary import Notary
from compliance.ledger.witnessing.serve import serve
from compliance.ledger.witnessing.signer import Signer
from kbi_audit.embedded.home import free_port
from tests.ledger.notaries import log_key, memory_in
from tests.ledger.test_seal import new_entries, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.context import ForkProcess
    from multiprocessing.synchronize import Event
    from pathlib import Path

    from compliance.ledger.witnessing.answer import Answer

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]

# A fork is there at once, where a program takes a second: a hundred kills in some ten seconds.
FORK = get_context("fork")
LOG = LogNumber.OVERSIGHT
WRITERS, SEALERS, KILLS = 8, 2, 100
LONGEST_LIFE = 0.15  # seconds between kills, at most


class Child:
    """A process that is begun again after each kill."""

    def __init__(self, work: Callable[..., object], *given: object) -> None:
        """Begin it."""
        self._work, self._given = work, given
        self.begin()

    def begin(self) -> None:
        """Begin it, without the sessions of the process that begins it."""
        self.process: ForkProcess = FORK.Process(target=_without_sessions, args=(self._work, *self._given), daemon=True)
        self.process.start()

    def kill(self) -> None:
        """Kill it as a power cut would."""
        os.kill(self.process.pid or 0, signal.SIGKILL)
        self.process.join()


def _without_sessions(work: Callable[..., object], *given: object) -> None:
    connection.connection = None
    work(*given)


def write_and_roll_back(number: int, acknowledged: Path, is_over: Event) -> None:
    """Write transactions of some entries, hold some open for a while, roll some back; note what was committed."""
    chance = Random(number)  # noqa: S311 - chance, no secret
    with acknowledged.open("a", encoding="ascii") as told:
        while not is_over.is_set():
            entries = new_entries(chance.randint(1, 20))
            try:
                with transaction.atomic():
                    write(entries)
                    time.sleep(chance.choice([0, 0, 0.005, 0.05]))
                    if chance.random() < 0.3:
                        raise _ThoughtBetterError
            except _ThoughtBetterError:
                continue
            told.writelines(f"{identifier}\n" for identifier in entries)
            told.flush()


class _ThoughtBetterError(Exception):
    """A writer rolls back."""


def write_slowly(acknowledged: Path, is_over: Event) -> None:
    """Write early, and commit late: what comes after must wait for it, and must not be lost."""
    entries = new_entries(5)
    with transaction.atomic():
        write(entries)
        is_over.wait(4)
    acknowledged.write_text("".join(f"{identifier}\n" for identifier in entries), encoding="ascii")


def sign(port: int, folder: Path, signed: Path) -> NoReturn:
    """Sign, and keep apart every head that was signed before it is answered."""
    with Memory(folder) as memory, signed.open("a", encoding="utf-8") as told:
        signer = Signer(Notary(memory), [log_key(origin=origin_of(log)) for log in LogNumber])

        def answer(method: str, target: str, body: bytes) -> Answer:
            answered = signer(method, target, body)
            if method == "POST":
                text = body.decode().split("\n\n", 1)[1]
                if text.startswith(origin_of(LOG) + "\n"):
                    told.write(f"{text.strip()}\n\n")
                    told.flush()
            return answered

        serve(answer, host="127.0.0.1", port=port)


def keep_sealing_for_ever() -> None:
    """Be a sealer until killed."""
    keep_sealing(stopped=threading.Event())


def test_a_hundred_kills_lose_nothing_and_fork_nothing(tmp_path: Path, settings: Any) -> None:
    make_ahead()
    port = free_port()
    settings.SIGNER_URL = f"http://127.0.0.1:{port}"
    memory_in(tmp_path / "memory")
    (tmp_path / "signed").touch()
    connection.close()
    is_over = FORK.Event()
    signer = Child(sign, port, tmp_path / "memory", tmp_path / "signed")
    sealers = [Child(keep_sealing_for_ever) for _ in range(SEALERS)]
    files = [tmp_path / f"acknowledged-{number}" for number in range(WRITERS)]
    writers = [Child(write_and_roll_back, number, file, is_over) for number, file in enumerate(files)]
    slow = tmp_path / "acknowledged-late"
    writers.append(Child(write_slowly, slow, is_over))
    chance = Random()  # noqa: S311 - chance, no secret
    try:
        for kill in range(KILLS):
            time.sleep(chance.uniform(0, LONGEST_LIFE))
            if kill % 10 == 0:
                _wait_for_a_head(tmp_path / "signed")
            fated = chance.choice([signer, *sealers])
            fated.kill()
            fated.begin()
        is_over.set()
        for writer in writers:
            writer.process.join(30)
            assert writer.process.exitcode == 0
        for sealer in sealers:
            sealer.kill()
        _seal_the_rest()
    finally:
        is_over.set()
        for child in (signer, *sealers, *writers):
            if child.process.is_alive():
                child.kill()
    acknowledged = {UUID(line) for file in (*files, slow) for line in file.read_text().split()}
    _check(acknowledged, (tmp_path / "signed").read_text())


def _wait_for_a_head(signed: Path) -> None:
    """Let one more head be signed, however slow this machine is: chaos without any progress shows nothing."""
    size, deadline = signed.stat().st_size, time.monotonic() + 60
    while signed.stat().st_size == size:
        assert time.monotonic() < deadline, "no head was signed"
        time.sleep(0.02)


def _seal_the_rest() -> None:
    """Seal and sign what is left, once the server has noticed that the killed sessions are gone."""
    deadline = time.monotonic() + 30
    while True:
        seal_once()
        newest = Head.objects.filter(log=LOG).order_by("-size").first()
        if newest is not None and Entry.objects.filter(log=LOG).count() == newest.size == _signed():
            return
        assert time.monotonic() < deadline, "not all was sealed and signed"


def _signed() -> int:
    newest = Checkpoint.objects.filter(log=LOG).order_by("-size").first()
    return 0 if newest is None else newest.size


def _check(acknowledged: set[UUID], signed: str) -> None:
    tree = tree_of(LOG)
    told = identifiers(log=LOG, first=0, end=tree.size)
    leaves = {entry.id: bytes(entry.leaf) for entry in Entry.objects.filter(log=LOG)}
    assert len(told) == len(set(told))
    assert acknowledged == leaves.keys() == set(told)
    hashes = [leaf_hash(leaves[identifier]) for identifier in told]
    assert root_of(hashes) == tree.root()
    heads = [parse_checkpoint(f"{text}\n") for text in signed.split("\n\n") if text]
    assert len(heads) >= KILLS // 10
    heads += (parse_checkpoint(parse(kept.note).text) for kept in Checkpoint.objects.filter(log=LOG))
    for head in heads:
        assert root_of(hashes[: head.size]) == head.root
    for kept in Head.objects.filter(log=LOG):
        assert root_of(hashes[: kept.size]) == bytes(kept.root)
