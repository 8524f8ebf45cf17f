"""The three processes of the service as children of the demo."""

from __future__ import annotations

import os
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbi_audit.embedded import children
from kbi_audit.embedded.home import PROJECT
from kbi_audit.embedded.waiting import answers_in_time
from kbi_audit.run import PROCESSES

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
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
def running_processes(home: Path, *, port: int) -> Iterator[list[Process]]:
    """Keep web, worker and beat running; when this yields, the web server is ready."""
    with ExitStack() as stack:
        processes = []
        for name in reversed(PROCESSES):  # the web server last, so that it stops first
            log = home / "logs" / f"{name}.log"
            command = [sys.executable, "-m", "kbi_audit.run", name]
            child = children.start(command, log=log, environ=os.environ, cwd=PROJECT)
            stack.callback(children.stop, child)
            processes.append(Process(name, child, log))
        web = processes[-1]
        if not answers_in_time(port=port, path=READY, child=web.child):
            web.check()
            message = f"The web server is not ready in time. The end of {web.log}:\n{children.last_lines(web.log)}"
            raise ChildDiedError(message)
        for process in processes:
            process.check()
        yield processes


def watch(processes: list[Process]) -> None:
    """Stay until a process dies, which raises, or until somebody interrupts."""
    while True:
        for process in processes:
            process.check()
        time.sleep(0.5)
