"""PostgreSQL refuses to run as root. As root we run it as nobody, with as little more as it takes."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NOBODY = 65534
STEP_DOWN = (f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
CAPABILITIES = ("dac_read_search", "dac_override")
"""What lets nobody pass a folder such as /root: the smaller first; a container may lack the first."""
ASKED_TOO = "--securebits=+no_setuid_fixup"
"""Without it access(2) leaves the capabilities out, and PostgreSQL does not find its own programs."""


@cache
def privileges_for(programs: Path, data: Path) -> tuple[str, ...]:
    """Return setpriv's arguments under which PostgreSQL may run and reach its programs and its data."""
    if os.geteuid() != 0:
        return ()
    for way in (STEP_DOWN, *(_with_capability(name) for name in CAPABILITIES)):
        if _passes(way, programs, data):
            return way
    message = (
        f"PostgreSQL refuses to run as root, and nobody may not read {programs}. "
        "Move the project to a folder that all may read, or run this as an ordinary user."
    )
    raise PermissionError(message)


def give_to_postgres(*paths: Path) -> None:
    """Make the paths the property of the user that PostgreSQL runs as."""
    if os.geteuid() == 0:
        for path in paths:
            os.chown(path, NOBODY, NOBODY)


def _with_capability(name: str) -> tuple[str, ...]:
    return (*STEP_DOWN, f"--inh-caps=+{name}", f"--ambient-caps=+{name}", ASKED_TOO)


def _passes(way: tuple[str, ...], programs: Path, data: Path) -> bool:
    attempt = ["sh", "-c", 'cd "$1" && "$0" --show --pgdata "$1"', str(programs / "initdb"), str(data)]
    return subprocess.run(["setpriv", *way, "--", *attempt], capture_output=True, check=False).returncode == 0
