"""Look at processes from outside."""

from __future__ import annotations

import os
import time
from pathlib import Path

from kbi_audit.environment import Environment
from kbi_audit.variables import settings_of

PATIENCE = 20.0


def fresh_environment() -> dict[str, str]:
    """Return the environment of somebody who has set nothing."""
    ours = {setting.name for setting in settings_of(Environment)} | {"DJANGO_SETTINGS_MODULE"}
    return {name: value for name, value in os.environ.items() if name not in ours}


def wait_until_gone(pid: int) -> None:
    """Wait until no such process is left."""
    deadline = time.monotonic() + PATIENCE
    while Path("/proc", str(pid)).exists():
        assert time.monotonic() < deadline, f"process {pid} outlives its parent"
        time.sleep(0.05)


def children_of(parent: int) -> dict[int, str]:
    """Return the name of each child process."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            before, after = status.read_text(encoding="utf-8").rsplit(")", 1)
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
        if int(after.split()[1]) == parent:
            found[int(status.parent.name)] = before.split("(", 1)[1]
    return found
