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
        processes: list[Process] = []
        if signer:
            environment = read(Environment, os.environ)
            ledger = ledger_folder(environment.database_url, home)
            ledger.mkdir(mode=0o700, exist_ok=True)
            origins = environment.log_origins.values()
            apart = _signer_and_witnesses(home, ledger, origins=origins, made=made)
            processes += [stack.enter_context(process) for process in apart]
            os.environ.update(signer_settings(made, ledger))
        if authority and openssl_is_here():
            processes.append(stack.enter_context(_authority(home, made.timestamp_port)))
            os.environ.update(timestamp_settings(made, home / "timestamps"))
        elif authority:
            os.environ["TIMESTAMP_URL"] = ""
            sys.stdout.write(WITHOUT_OPENSSL)
        yield processes


def _signer_and_witnesses(
    home: Path, ledger: Path, *, origins: Collection[str], made: Machine
) -> Iterator[AbstractContextManager[Process]]:
    policy = write_policy(ledger, origins=origins, made=made)
    keys = [f"--key={key}" for key in signer_keys(ledger, origins)]
    yield _remembering("signer", ["signer", *keys], home=home, state=ledger / "signer", port=made.signer_port)
    ports = (made.first_witness_port, made.second_witness_port)
    for name, key, port in zip(WITNESSES, witness_keys(ledger), ports, strict=True):
        options = [f"--policy={policy}", f"--key={key}"]
        yield _remembering(name, ["witness", *options], home=home, state=ledger / name, port=port)


@contextmanager
def _remembering(name: str, command: Sequence[str], *, home: Path, state: Path, port: int) -> Iterator[Process]:
    """Keep a signer or witness running; its memory begins once, with its key, and never again."""
    options = [f"--state={state}", f"--listen={LOOPBACK}:{port}", *([] if state.exists() else ["--begin"])]
    with running(name, [PROJECT / "manage.py", *command, *options], home=home) as process:
        wait_until_listening(process, port=port)
        yield process


@contextmanager
def _authority(home: Path, port: int) -> Iterator[Process]:
    folder = home / "timestamps"
    make_authority(folder, name=NAME)
    command: list[str | Path] = ["-m", "kbi_audit.demo.timestamp_authority", folder, str(port)]
    with running("timestamp-authority", command, home=home) as process:
        wait_until_listening(process, port=port)
        yield process


def _with_free_ports(home: Path) -> Machine:
    made = machine(home)
    for name in PORTS:
        if listens(getattr(made, name)):
            setattr(made, name, free_port())
    keep(home, made)
    return made
