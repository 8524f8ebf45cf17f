"""Become one of the service's processes: `python -m kbi_audit.run web`, `worker`, `beat` or `sealer`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from kbi_audit.environment import Environment
from kbi_audit.variables import EnvironmentProblemsError, read

if TYPE_CHECKING:
    from collections.abc import Callable


def web(environment: Environment) -> list[str]:
    """Return the command of the web server."""
    return [
        "granian",
        "--interface=wsgi",
        f"--host={environment.web_host}",
        f"--port={environment.web_port}",
        f"--workers={environment.web_workers}",
        f"--blocking-threads={environment.web_threads}",
        f"--log-level={environment.log_level.lower()}",
        "--no-ws",
        "--respawn-failed-workers",
        "kbi_audit.wsgi:application",
    ]


def worker(environment: Environment) -> list[str]:
    """Return the command of the background jobs."""
    return [
        "celery",
        "--app=kbi_audit.celery",
        "worker",
        "--queues=sealing,followers,detection,default",
        f"--concurrency={environment.worker_processes}",
        "--without-gossip",
        "--without-mingle",
        f"--loglevel={environment.log_level}",
    ]


def beat(environment: Environment) -> list[str]:
    """Return the command of their clock; there may be one at a time."""
    return [
        "celery",
        "--app=kbi_audit.celery",
        "beat",
        f"--schedule={environment.beat_file}",
        "--pidfile=",
        f"--loglevel={environment.log_level}",
    ]


def sealer(_environment: Environment) -> list[str]:
    """Return the command of what seals the ledger and has its heads signed; a second one waits for its turn."""
    return ["django", "seal", "--follow"]


PROCESSES: dict[str, Callable[[Environment], list[str]]] = {
    "web": web,
    "worker": worker,
    "beat": beat,
    "sealer": sealer,
}


def main() -> None:
    """Replace this process by the one that is asked for."""
    if len(sys.argv) != 2 or sys.argv[1] not in PROCESSES:  # noqa: PLR2004 the program and the process
        sys.exit(f"Which process? One of: {', '.join(PROCESSES)}.")
    try:
        module, *arguments = PROCESSES[sys.argv[1]](read(Environment, os.environ))
    except EnvironmentProblemsError as problems:
        sys.exit(str(problems))
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])


if __name__ == "__main__":
    main()
