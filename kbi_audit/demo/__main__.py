"""`make demo`: servers, tables, register, a year of exchanges, and the service itself, until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from contextlib import ExitStack

import django
from django.core.management import CommandError
from django.db import connections

from kbi_audit.demo.authority_files import OpensslError
from kbi_audit.demo.independents import running_independents
from kbi_audit.demo.processes import ChildDiedError, running_service, wait_until_ready, watch
from kbi_audit.demo.steps import Step, create_roles_if_asked, steps, tables
from kbi_audit.demo.welcome import welcome
from kbi_audit.embedded.home import HOME, LOOPBACK, free_port, listens, locked, machine
from kbi_audit.embedded.postgres import EmbeddedServerError
from kbi_audit.embedded.servers import running_servers
from kbi_audit.run import PROCESSES

FIRST_PORT = 8000
SEALER = "sealer"


def main() -> int:
    """Run the demo and return its exit status."""
    arguments = _arguments()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with locked(HOME, "demo.lock", wait=False):
            _run(scale=arguments.scale)
    except BlockingIOError:
        return _complain(f"The demo is running already, in another terminal. Its logs are in {HOME / 'logs'}.")
    except (ChildDiedError, EmbeddedServerError, OpensslError, CommandError) as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        sys.stdout.write("\nStopped.\n")
    return 0


def _run(*, scale: str | None) -> None:
    began = time.monotonic()
    theirs = {name for name in ("SIGNER_URL", "TIMESTAMP_URL") if os.environ.get(name)}
    port = _prepare()
    with ExitStack() as stack:
        _say("Servers")
        stack.enter_context(running_servers())
        create_roles_if_asked()
        _say("Signer, witnesses and timestamps")
        independents = running_independents(
            HOME, signer="SIGNER_URL" not in theirs, authority="TIMESTAMP_URL" not in theirs
        )
        processes = stack.enter_context(independents)
        django.setup()
        _take(tables())
        processes += stack.enter_context(running_service(HOME, names=[SEALER]))  # it seals while the year is replayed
        for step in steps(made=machine(), scale=scale):
            _take(step)
        connections.close_all()
        _say("Web server, worker and beat")
        others = [name for name in PROCESSES if name != SEALER]
        processes += stack.enter_context(running_service(HOME, names=others))
        wait_until_ready(processes[-1], port=port)
        for process in processes:
            process.check()
        sys.stdout.write(welcome(made=machine(), seconds=time.monotonic() - began))
        sys.stdout.flush()
        watch(processes)


def _prepare() -> int:
    port = int(os.environ.setdefault("WEB_PORT", str(free_port() if listens(FIRST_PORT) else FIRST_PORT)))
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    os.environ.setdefault("TIMESTAMP_SECONDS", "30")  # who looks should not wait ten minutes
    os.environ.setdefault("BEAT_FILE", str(HOME / "beat-schedule"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kbi_audit.settings.development")
    others = os.environ.get("no_proxy") or os.environ.get("NO_PROXY")
    os.environ["no_proxy"] = f"{others},{LOOPBACK}" if others else LOOPBACK  # where our own authority is
    return port


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--scale", help="part of 2016's 18,498,776 exchanges: 1 is all; otherwise as before, or 1/50")
    return parser.parse_args()


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _take(step: Step) -> None:
    _say(step.title)
    step.take()


def _say(title: str) -> None:
    sys.stdout.write(f"▸ {title}\n")
    sys.stdout.flush()


def _complain(message: str) -> int:
    sys.stderr.write(f"\n{message}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
