"""The keys of the demo's signer and witnesses, made once, and the policy that names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.ledger.notes import COSIGNATURE, LOG_SIGNATURE
from compliance.ledger.witnessing.keys import new_key, parse_keys, write_key
from kbi_audit.embedded.home import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from kbi_audit.embedded.home import Machine

WITNESSES = ("first-witness", "second-witness")


def signer_keys(folder: Path, origins: Collection[str]) -> list[Path]:
    """Return the file of each log's key, by which the signer signs its heads."""
    return [_key(folder / f"signer-{number}.key", origin, LOG_SIGNATURE) for number, origin in enumerate(origins, 1)]


def witness_keys(folder: Path) -> list[Path]:
    """Return the file of each witness's key."""
    return [_key(folder / f"{name}.key", f"{name}.localhost", COSIGNATURE) for name in WITNESSES]


def write_policy(folder: Path, *, origins: Collection[str], made: Machine) -> Path:
    """Write whom to believe, with the ports of today: both witnesses must agree. Return the file."""
    ports = (made.first_witness_port, made.second_witness_port)
    lines = [f"log {_vkey(key)}" for key in signer_keys(folder, origins)]
    for name, key, port in zip(WITNESSES, witness_keys(folder), ports, strict=True):
        lines.append(f"witness {name} {_vkey(key)} http://{LOOPBACK}:{port}")
    lines += [f"group both all {' '.join(WITNESSES)}", "quorum both", ""]
    policy = folder / "policy.txt"
    policy.write_text("\n".join(lines), encoding="utf-8")
    return policy


def _key(path: Path, name: str, kind: int) -> Path:
    if not path.exists():
        write_key(new_key(name, kind), path)
    return path


def _vkey(path: Path) -> str:
    [key] = parse_keys(path.read_text(encoding="utf-8"))
    return key.vkey
