"""Child processes that never outlive us: the kernel signals them when we die, even by kill -9."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PATIENCE = 30.0


def start(
    command: Sequence[str | Path],
    *,
    log: Path,
    privileges: Sequence[str] = (),
    environ: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    parent_death_signal: str = "TERM",
) -> subprocess.Popen[bytes]:
    """Start a child that writes to a log file; call from the main thread, since the kernel watches the thread.

    It gets a session of its own, so that Ctrl-C reaches us alone and we stop all in the right order.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    wrapped = ["setpriv", *privileges, "--pdeathsig", parent_death_signal, "--", *map(str, command)]
    with log.open("ab") as output:
        return subprocess.Popen(
            wrapped,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(environ) if environ is not None else None,
            cwd=cwd,
            start_new_session=True,
        )


def stop(child: subprocess.Popen[bytes], *, stop_signal: signal.Signals = signal.SIGTERM) -> None:
    """Ask a child to stop, and insist when it does not; nothing of its session is left."""
    if child.poll() is None:
        child.send_signal(stop_signal)
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def last_lines(log: Path, count: int = 15) -> str:
    """Return the end of a log, for the message that says why a child died."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
