"""What a superuser can do to the tables, by name: each function is one tool of an attacker."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from compliance.ledger.checkpoint import Checkpoint
from compliance.ledger.edge import NewLeaves, grow, root_at
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.notes import sign_line
from compliance.ledger.positions import identifiers
from compliance.ledger.proofs import HASH_BYTES, leaf_hash
from compliance.ledger.tiles import WIDTH
from tests.tampering.sealed_world import EXCHANGES, log_key

if TYPE_CHECKING:
    from uuid import UUID

    import psycopg

    from tests.tampering.sealed_world import World

_LEAVES = "SELECT leaf FROM ledger_entry WHERE log = %s AND id = %s"


def entry_at(index: int, *, log: LogNumber = EXCHANGES) -> UUID:
    """Return which entry is a leaf."""
    return identifiers(log=log, first=index, end=index + 1)[0]


def leaf_of(attacker: psycopg.Connection, entry: UUID, *, log: LogNumber = EXCHANGES) -> bytes:
    """Return an entry's bytes."""
    row = attacker.execute(_LEAVES, [log, entry]).fetchone()
    assert row is not None
    return bytes(row[0])


def rewrite(attacker: psycopg.Connection, entry: UUID, *, old: bytes, new: bytes) -> bytes:
    """Change an entry, and its column ``outcome`` with it; return the new bytes."""
    leaf = leaf_of(attacker, entry)
    assert old in leaf
    changed = leaf.replace(old, new)
    attacker.execute("UPDATE ledger_entry SET leaf = %s WHERE log = %s AND id = %s", [changed, EXCHANGES, entry])
    return changed


def deny(attacker: psycopg.Connection, entry: UUID) -> bytes:
    """Say of an exchange that it failed, in its entry and in its columns."""
    attacker.execute("UPDATE exchanges_exchange SET outcome = 'failed' WHERE log = %s AND id = %s", [EXCHANGES, entry])
    return rewrite(attacker, entry, old=b'"outcome":"succeeded"', new=b'"outcome":"failed"')


def put_hash(attacker: psycopg.Connection, index: int, hashed: bytes) -> None:
    """Write the hash of a leaf over the one in its full tile."""
    tile, place = divmod(index, WIDTH)
    attacker.execute(
        "UPDATE ledger_tile SET hashes = overlay(hashes PLACING %s FROM %s) WHERE log = %s AND level = 0 AND tile = %s",
        [hashed, place * HASH_BYTES + 1, EXCHANGES, tile],
    )


def remove_record(attacker: psycopg.Connection, entry: UUID) -> None:
    """Delete a record from every table."""
    for table in ("ledger_entry", "ledger_opening", "exchanges_exchange"):
        attacker.execute(f"DELETE FROM {table} WHERE log = %s AND id = %s", [EXCHANGES, entry])  # noqa: S608 - three names of ours


def cut_off(attacker: psycopg.Connection, size: int) -> None:
    """Cut the log off, with all that was said of it, as if it never had been longer."""
    gone = identifiers(log=EXCHANGES, first=size, end=10**6)
    for entry in gone:
        remove_record(attacker, entry)
    attacker.execute("DELETE FROM exchanges_correction WHERE correction = ANY(%s)", [gone])
    attacker.execute("DELETE FROM ledger_erasure WHERE entry = ANY(%s)", [gone])
    for table in ("head", "checkpoint", "cosignature", "timestamp"):
        attacker.execute(f"DELETE FROM ledger_{table} WHERE log = %s AND size > %s", [EXCHANGES, size])  # noqa: S608 - four names of ours
    grow_again(attacker)


def grow_again(attacker: psycopg.Connection, *, order: list[UUID] | None = None) -> tuple[int, bytes]:
    """Build positions, tiles and edge anew over the entries as they are now; return the size and the root."""
    rows = attacker.execute(
        "SELECT xid, id, leaf FROM ledger_entry WHERE log = %s ORDER BY xid, id", [EXCHANGES]
    ).fetchall()
    if order is not None:
        place = {identifier: number for number, identifier in enumerate(order)}
        rows.sort(key=lambda row: place[row[1]])
    new = NewLeaves(
        b"".join(xid.to_bytes(8) for xid, _, _ in rows),
        b"".join(identifier.bytes for _, identifier, _ in rows),
        b"".join(leaf_hash(bytes(leaf)) for _, _, leaf in rows),
    )
    growth = grow(size=0, first_xid=0, ids=b"", hashes=b"", new=new)
    for table in ("position", "tile"):
        attacker.execute(f"DELETE FROM ledger_{table} WHERE log = %s", [EXCHANGES])  # noqa: S608 - two names of ours
    for level, tile, hashes in growth.tiles:
        attacker.execute(
            "INSERT INTO ledger_tile (log, level, tile, hashes) VALUES (%s, %s, %s, %s)",
            [EXCHANGES, level, tile, hashes],
        )
    for tile, first, last, ids in growth.positions:
        attacker.execute(
            "INSERT INTO ledger_position (log, tile, first_xid, last_xid, ids) VALUES (%s, %s, %s, %s, %s)",
            [EXCHANGES, tile, first, last, ids],
        )
    attacker.execute(
        "UPDATE ledger_edge SET size = %s, first_xid = %s, ids = %s, hashes = %s, last_xid = %s, last_id = %s "
        "WHERE log = %s",
        [growth.size, growth.first_xid, growth.ids, growth.hashes, rows[-1][0], rows[-1][1], EXCHANGES],
    )
    return growth.size, root_at(growth.size, growth.hashes)


def state_heads(attacker: psycopg.Connection, *, above: int) -> list[int]:
    """Compute the heads above a size anew over the entries as they are now; return their sizes."""
    leaves: dict[UUID, bytes] = dict(
        attacker.execute("SELECT id, leaf FROM ledger_entry WHERE log = %s", [EXCHANGES]).fetchall()
    )
    hashes = b"".join(leaf_hash(bytes(leaves[entry])) for entry in identifiers(log=EXCHANGES, first=0, end=10**6))
    sizes = [
        size
        for (size,) in attacker.execute(
            "SELECT size FROM ledger_head WHERE log = %s AND size > %s", [EXCHANGES, above]
        ).fetchall()
    ]
    for size in sizes:
        nothing = NewLeaves(bytes(8 * size), bytes(16 * size), hashes[: HASH_BYTES * size])
        grown = grow(size=0, first_xid=0, ids=b"", hashes=b"", new=nothing)
        root = root_at(size, grown.hashes)
        attacker.execute("UPDATE ledger_head SET root = %s WHERE log = %s AND size = %s", [root, EXCHANGES, size])
    return sizes


def sign_again(attacker: psycopg.Connection, *, above: int) -> None:
    """Sign every checkpoint above a size with the stolen key of the log; witnesses cannot be made to."""
    key = log_key(EXCHANGES)
    rows = attacker.execute(
        "SELECT c.size, h.root FROM ledger_checkpoint c JOIN ledger_head h USING (log, size) "
        "WHERE c.log = %s AND c.size > %s",
        [EXCHANGES, above],
    ).fetchall()
    for size, root in rows:
        text = Checkpoint(origin_of(EXCHANGES), size, bytes(root)).text()
        note = f"{text}\n{sign_line(text, name=key.verifier.name, seed=key.seed)}"
        attacker.execute("UPDATE ledger_checkpoint SET note = %s WHERE log = %s AND size = %s", [note, EXCHANGES, size])
    for table in ("cosignature", "timestamp"):
        attacker.execute(f"DELETE FROM ledger_{table} WHERE log = %s AND size > %s", [EXCHANGES, above])  # noqa: S608 - two names of ours


def put_back(attacker: psycopg.Connection, world: World) -> None:
    """Bring back, from a backup, the openings and the key of the person who was erased."""
    stolen = json.loads((world.folder / "stolen.json").read_text())
    for identifier, position, lookup, dossier, sealed in stolen["openings"]:
        attacker.execute(
            "INSERT INTO ledger_opening (id, log, position, lookup, dossier_lookup, sealed) "
            "VALUES (%s, %s, %s, decode(%s, 'hex'), decode(%s, 'hex'), decode(%s, 'hex'))",
            [identifier, EXCHANGES, position, lookup, dossier, sealed],
        )
    attacker.execute(
        "INSERT INTO ledger_person_key (created_at, log, lookup, wrapped) "
        "VALUES (now(), %s, decode(%s, 'hex'), decode(%s, 'hex'))",
        [EXCHANGES, *stolen["key"]],
    )


def first_xid(attacker: psycopg.Connection, index: int) -> int:
    """Return which transaction wrote a leaf."""
    row = attacker.execute(
        "SELECT xid FROM ledger_entry WHERE log = %s AND id = %s", [EXCHANGES, entry_at(index)]
    ).fetchone()
    assert row is not None
    return int(row[0])
