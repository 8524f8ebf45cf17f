"""Those who watch over the ledger from outside the service: signer, two witnesses, and an authority for timestamps."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from kbi_audit.demo.authority_files import make_authority, openssl_is_here
from kbi_audit.demo.ledger_keys import WITNESSES, signer_keys, witness_keys, write_policy
from kbi_audit.demo.processes import running, wait_until_listening
from kbi_audit.demo.timestamp_authority import NAME
from kbi_audit.embedded.home import (
    LOOPBACK,
    PROJECT,
    free_port,
    keep,
    ledger_folder,
    listens,
    machine,
    signer_settings,
    timestamp_settings,
)
from kbi_audit.environment import Environment
from kbi_audit.variables import read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from kbi_audit.demo.processes import Process
    from kbi_audit.embedded.home import Machine

PORTS = ("signer_port", "first_witness_port", "second_witness_port", "timestamp_port")
WITHOUT_OPENSSL = "  Nothing is timestamped: openssl is not on this machine (on Debian: apt-get install openssl).\n"


@contextmanager
def running_independents(home: Path, *, signer: bool, authority: bool) -> Iterator[list[Process]]:
    """Keep those running that are asked for, and name them in the environment, which names the database already."""
    made = _with_free_ports(home)
    with ExitStack() as stack:
        started: list[tuple[Process, int]] = []
        if signer:
            environment = read(Environment, os.environ)
            ledger = ledger_folder(environment.database_url, home)
            ledger.mkdir(mode=0o700, exist_ok=True)
            origins = environment.log_origins.values()
            apart = _signer_and_witnesses(home, ledger, origins=origins, made=made)
            started += [(stack.enter_context(process), port) for process, port in apart]
            ours = signer_settings(made, ledger)
            os.environ.update(ours | {"TILE_STORE": os.environ.get("TILE_STORE") or ours["TILE_STORE"]})
        if authority and openssl_is_here():
            started.append((stack.enter_context(_authority(home, made.timestamp_port)), made.timestamp_port))
            os.environ.update(timestamp_settings(made, home / "timestamps"))
        elif authority:
            os.environ["TIMESTAMP_URL"] = ""
            sys.stdout.write(WITHOUT_OPENSSL)
        for process, port in started:
            wait_until_listening(process, port=port)
        yield [process for process, _port in started]


def _signer_and_witnesses(
    home: Path, ledger: Path, *, origins: Collection[str], made: Machine
) -> Iterator[tuple[AbstractContextManager[Process], int]]:
    policy = write_policy(ledger, origins=origins, made=made)
    keys = [f"--key={key}" for key in signer_keys(ledger, origins)]
    yield _remembering("signer", ["signer", *keys], home=home, state=ledger / "signer", port=made.signer_port)
    ports = (made.first_witness_port, made.second_witness_port)
    for name, key, port in zip(WITNESSES, witness_keys(ledger), ports, strict=True):
        options = [f"--policy={policy}", f"--key={key}"]
        yield _remembering(name, ["witness", *options], home=home, state=ledger / name, port=port)


def _remembering(
    name: str, command: Sequence[str], *, home: Path, state: Path, port: int
) -> tuple[AbstractContextManager[Process], int]:
    """Return a signer or witness to run, and its port; its memory begins once, with its key, and never again."""
    options = [f"--state={state}", f"--listen={LOOPBACK}:{port}", *([] if (state / "begun").exists() else ["--begin"])]
    return running(name, [PROJECT / "manage.py", *command, *options], home=home), port


def _authority(home: Path, port: int) -> AbstractContextManager[Process]:
    folder = home / "timestamps"
    make_authority(folder, name=NAME)
    return running("timestamp-authority", ["-m", "kbi_audit.demo.timestamp_authority", folder, str(port)], home=home)


def _with_free_ports(home: Path) -> Machine:
    made = machine(home)
    for name in PORTS:
        if listens(getattr(made, name)):
            setattr(made, name, free_port())
    keep(home, made)
    return made
