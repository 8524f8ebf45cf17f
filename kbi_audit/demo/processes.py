"""The processes of the service, and those apart from it, as children of the demo."""

from __future__ import annotations

import os
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from kbi_audit.embedded import children
from kbi_audit.embedded.home import PROJECT
from kbi_audit.embedded.waiting import answers_in_time, listens_in_time

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator, Sequence
    from pathlib import Path

READY = "/health/ready"


class ChildDiedError(Exception):
    """A process of the service ended by itself; the message holds the end of its log."""


@dataclass(frozen=True)
class Process:
    """One running process and its log."""

    name: str
    child: subprocess.Popen[bytes]
    log: Path

    def check(self) -> None:
        """Raise when it has ended."""
        if self.child.poll() is not None:
            message = (
                f"The {self.name} process ended with status {self.child.returncode}. "
                f"The end of {self.log}:\n{children.last_lines(self.log)}"
            )
            raise ChildDiedError(message)


@contextmanager
def running(name: str, command: Sequence[str | Path], *, home: Path) -> Iterator[Process]:
    """Keep one process running."""
    log = home / "logs" / f"{name}.log"
    child = children.start([sys.executable, *command], log=log, environ=os.environ, cwd=PROJECT)
    try:
        yield Process(name, child, log)
    finally:
        children.stop(child)


@contextmanager
def running_service(home: Path, *, names: Sequence[str]) -> Iterator[list[Process]]:
    """Keep these processes of the service running; the first stops first."""
    with ExitStack() as stack:
        yield [stack.enter_context(running(name, ["-m", "kbi_audit.run", name], home=home)) for name in reversed(names)]


def wait_until_ready(process: Process, *, port: int) -> None:
    """Return when the web server is ready; raise when it ended, or is not ready in time."""
    if not answers_in_time(port=port, path=READY, child=process.child):
        _give_up(process)


def wait_until_listening(process: Process, *, port: int) -> None:
    """Return when a process listens on its port; raise when it ended, or does not listen in time."""
    if not listens_in_time(port=port, child=process.child):
        _give_up(process)


def _give_up(process: Process) -> NoReturn:
    process.check()
    end = children.last_lines(process.log)
    message = f"The {process.name} process is not ready in time. The end of {process.log}:\n{end}"
    raise ChildDiedError(message)


def watch(processes: list[Process]) -> None:
    """Stay until a process dies, which raises, or until somebody interrupts."""
    while True:
        for process in processes:
            process.check()
        time.sleep(0.5)
