"""What tests of signers and witnesses share: logs that grow and fork, and servers and processes that sign."""

from __future__ import annotations

import subprocess
import sys
import threading
from base64 import b64encode
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.ledger.checkpoint import Checkpoint
from compliance.ledger.notes import COSIGNATURE, sign_line
from compliance.ledger.proofs import HASH_BYTES, leaf_hash, root_of
from compliance.ledger.tiles import Tree
from compliance.ledger.witnessing.keys import SigningKey, signing_key
from compliance.ledger.witnessing.memory import Memory
from compliance.ledger.witnessing.request import AddCheckpoint
from compliance.ledger.witnessing.serve import Server

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.ledger.witnessing.serve import Application

ORIGIN = "log.example/exchanges"
PROJECT = Path(__file__).parent.parent.parent


def log_key(seed: bytes = b"l" * 32, origin: str = ORIGIN) -> SigningKey:
    """Return a key of a log."""
    return signing_key(origin, seed, 1)


def witness_key(seed: bytes = b"w" * 32, name: str = "partner.example/w1") -> SigningKey:
    """Return a key of a witness."""
    return signing_key(name, seed, COSIGNATURE)


@dataclass
class History:
    """A log that this test keeps: below 256 leaves, ``branch`` names what stands in it from leaf ``fork`` on."""

    branch: str = ""
    fork: int = 0
    origin: str = ORIGIN
    hashes: list[bytes] = field(init=False)

    def __post_init__(self) -> None:
        """Make its leaves."""
        self.hashes = [
            leaf_hash(f"{self.branch if number >= self.fork else ''}/{number}".encode()) for number in range(255)
        ]

    def head(self, size: int) -> Checkpoint:
        """Return the head at a size."""
        return Checkpoint(self.origin, size, root_of(self.hashes[:size]))

    def proof(self, old: int, size: int) -> tuple[bytes, ...]:
        """Return the consistency proof between two sizes."""
        told = b"".join(self.hashes)

        def read(_level: int, _tile: int, width: int) -> bytes:
            return told[: width * HASH_BYTES]

        return tuple(Tree(read, size).consistency(old)) if old <= size else ()

    def unsigned(self, old: int, size: int) -> bytes:
        """Return the request to the signer."""
        return AddCheckpoint(old, self.proof(old, size), self.head(size).text()).body()

    def signed(self, old: int, size: int, key: SigningKey | None = None) -> bytes:
        """Return the request to a witness."""
        text = self.head(size).text()
        key = key or log_key()
        note = f"{text}\n{sign_line(text, name=key.verifier.name, seed=key.seed)}"
        return AddCheckpoint(old, self.proof(old, size), note).body()

    def extends(self, size: int, other: Checkpoint) -> bool:
        """Tell whether this log at a size begins with what another head says."""
        return other.size <= size and self.head(other.size) == other


def memory_in(folder: Path) -> Memory:
    """Return a memory that was begun."""
    memory = Memory(folder)
    memory.begin()
    return memory


@contextmanager
def serving(application: Application) -> Iterator[str]:
    """Serve an application on a free port of this machine; yields its URL."""
    with Server("127.0.0.1", 0, application) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()


class Program:
    """A signer or witness in a process of its own."""

    def __init__(self, *command: str | Path, environ: Mapping[str, str] | None = None) -> None:
        """Start it and wait until it listens."""
        self.child = subprocess.Popen(
            [sys.executable, *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**(environ or {})},
            cwd=PROJECT,
        )
        assert self.child.stdout is not None
        line = self.child.stdout.readline()
        self.url = line.removeprefix("Listening on ").strip() if line else ""

    def kill(self) -> None:
        """Kill it as a power cut would."""
        self.child.kill()
        self.child.communicate()

    def stop(self) -> int:
        """Ask it to stop; returns its exit status."""
        self.child.terminate()
        self.child.communicate()
        return self.child.returncode

    def error(self) -> str:
        """Return what it said when it ended by itself."""
        return self.child.communicate()[1]


def bent(proof: bytes) -> str:
    """Return a hash that is not the one of a proof, in base64."""
    return b64encode(bytes([proof[0] ^ 1]) + proof[1:]).decode()
