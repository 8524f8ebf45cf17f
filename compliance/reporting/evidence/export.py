"""Make an evidence bundle: the bytes of a ZIP, yielded as they are made, in flat memory.

Making one is an act of oversight, recorded before the first byte. The bundle's identifier is that
entry's, so that whoever holds the bundle can ask by whom and why it was made.
"""

from __future__ import annotations

import json
from base64 import b64encode
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from compliance.kernel.clock import canonical_time, microseconds, now
from compliance.kernel.errors import UnavailableError
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.notes import vkey
from compliance.ledger.positions import position_of
from compliance.ledger.stored_tiles import tree_of
from compliance.ledger.tiles import WIDTH, bundle, entries_path, tile_path
from compliance.ledger.trusted import current_policy
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind
from compliance.reporting.evidence.bag_stream import BagStream
from compliance.reporting.evidence.hits import find_hits
from compliance.reporting.evidence.leaves import read_hashes, read_leaves, tiles_of_leaves
from compliance.reporting.evidence.make_verifier import verifier_page, verifier_program
from compliance.reporting.evidence.points import Point, held_point, newest, points_between, tokens_of
from compliance.reporting.evidence.readme import readme_of, statement_of
from compliance.reporting.evidence.records import Records, read_leaf_json
from compliance.reporting.evidence.request import EvidenceRequest, settle, told_to_oversight
from compliance.reporting.evidence.span import Span, span_of
from compliance.reporting.evidence.verifier.bag import LEDGER
from compliance.reporting.evidence.verifier.declaration import EVIDENCE_SCHEMA, RANGE_MODE
from compliance.reporting.evidence.verifier.growth import consistency_request
from compliance.reporting.evidence.verifier.proof_file import ProofFile, write_proof
from compliance.reporting.evidence.verifier.record_line import erasure_line, index_of
from compliance.reporting.evidence.verifier.tile_chain import tiles_above
from compliance.reporting.evidence.zip_stream import deflate

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from uuid import UUID

    from compliance.kernel.actor import Actor
    from compliance.ledger.published import PublishedCheckpoint
    from compliance.reporting.evidence.zip_stream import Packed

_LOG = LogNumber.EXCHANGES
_PACKED_AHEAD = 8
_LEVELS_A_QUERY = 256


def export_evidence(*, request: EvidenceRequest, actor: Actor) -> Iterator[bytes]:
    """Check a request, record the act, and return the bytes of the bundle, which are made while they are read.

    Raises at once :class:`InvalidInputError`, :class:`ForbiddenError`, :class:`NotFoundError` (a held
    checkpoint that was never published) and :class:`UnavailableError` (nothing published yet); while it is
    read, :class:`LedgerBrokenError` and :class:`LeavesGoneError`.
    """
    settled = settle(request)
    head = newest()
    points = [] if settled.held_size in {None, head.size} else [held_point(settled.held_size or 0)]
    span = span_of(settled.filter, size=head.size, complete=settled.complete) if settled.mode == RANGE_MODE else None
    act = record_act(
        actor=actor,
        kind=ActKind.EVIDENCE_EXPORTED,
        reason=settled.reason.strip(),
        details={
            "recipient": settled.recipient,
            "mode": str(settled.mode),
            "filter": told_to_oversight(settled.filter),
            "disclosed": settled.made,
            "checkpoint": str(head.size),
        },
    )
    return _Export(settled, actor, act, head, span, points).parts()


class _Export:
    def __init__(
        self,
        request: EvidenceRequest,
        actor: Actor,
        act: UUID,
        head: PublishedCheckpoint,
        span: Span | None,
        points: list[Point],
    ) -> None:
        self._request = request
        self._actor = actor
        self._act = act
        self._head = head
        self._span = span
        self._points = points
        self._at = now()
        self._bag = BagStream(f"kbi-evidence-{act}", self._at)
        self._tree = tree_of(_LOG, head.size)
        self._tiles: set[int] = set()
        self._erased = 0

    def parts(self) -> Iterator[bytes]:
        """Yield the ZIP."""
        with ExitStack() as stack:
            yield from self._bag.add("verify.py", verifier_program().encode())
            page = verifier_page()
            if page:
                yield from self._bag.add("verify.html", page)
            records = stack.enter_context(Records(self._request))
            yield from self._hits(records) if self._span is None else self._range(records, self._span, stack)
            lines, rows = records.finish()
            yield from self._bag.add_spool("data/records.ndjson", lines)
            yield from self._bag.add_spool("data/records.csv", rows)
            yield from self._erasures(records)
            yield from self._proofs(records)
            yield from self._hash_tiles()
            timestamps = yield from self._checkpoints()
            yield from self._declaration(records, timestamps)

    def _range(self, records: Records, span: Span, stack: ExitStack) -> Iterator[bytes]:
        """Yield the entries of the range, and add those that the filter selects to the records."""
        selects = self._request.filter.matcher()
        packer = stack.enter_context(ThreadPoolExecutor(1))
        packing: list[tuple[str, Future[tuple[tuple[Packed, bytes], str]]]] = []
        for tile, _, leaves in tiles_of_leaves(
            first=span.first // WIDTH, end=-(-span.end // WIDTH), size=self._head.size
        ):
            self._tiles.add(tile)
            path = LEDGER + entries_path(tile, len(leaves))
            packing.append((path, packer.submit(_pack, bundle(leaves))))
            for index, leaf in enumerate(leaves, tile * WIDTH):
                told = read_leaf_json(leaf)
                if selects(told):
                    records.add(index, leaf, told)
            while len(packing) > _PACKED_AHEAD:
                yield from self._packed(*packing.pop(0))
        while packing:
            yield from self._packed(*packing.pop(0))

    def _packed(self, path: str, packing: Future[tuple[tuple[Packed, bytes], str]]) -> Iterator[bytes]:
        (packed, content), digest = packing.result()
        yield from self._bag.add_packed(path, packed, content, digest)

    def _hits(self, records: Records) -> Iterator[bytes]:
        """Add what the filter finds to the records; nothing is written meanwhile."""
        selects = self._request.filter.matcher()
        for hit in find_hits(self._request.filter, size=self._head.size):
            told = read_leaf_json(hit.leaf)
            if not selects(told):
                continue
            self._tiles.add(hit.leaf_index // WIDTH)
            records.add(hit.leaf_index, hit.leaf, told)
            yield b""

    def _erasures(self, records: Records) -> Iterator[bytes]:
        """Yield the entries that erased something of these records."""
        places = []
        for entry in records.erasures:
            index = position_of(log=_LOG, identifier=entry)
            if index is None or index >= self._head.size:
                detail = "An erasure that concerns these records is being sealed. Make the bundle again in a minute."
                raise UnavailableError(detail, retry_after=60)
            places.append((index, entry))
        leaves = read_leaves(b"".join(entry.bytes for _, entry in places))
        self._tiles.update(index // WIDTH for index, _ in places)
        self._erased = len(places)
        lines = (erasure_line(index, leaves[entry.bytes]) for index, entry in sorted(places))
        yield from self._bag.add("data/erasures.ndjson", b"".join(lines))

    def _proofs(self, records: Records) -> Iterator[bytes]:
        """Yield a proof for each record, when they are few and no entries are there to compute it from."""
        if self._span is not None or records.few is None:
            return
        for line in records.few:
            index = index_of(line)
            proof = ProofFile(line[:-1], index, self._tree.inclusion(index), self._head.note)
            yield from self._bag.add(f"{LEDGER}proofs/{index}.tlog-proof", write_proof(proof).encode())

    def _hash_tiles(self) -> Iterator[bytes]:
        """Yield the tiles of hashes that lead from the records to the root."""
        waiting: list[tuple[int, int, int]] = []
        for place in tiles_above(self._head.size, self._tiles):
            if waiting and (waiting[0][0] != place[0] or len(waiting) == _LEVELS_A_QUERY):
                yield from self._tiles_of(waiting)
                waiting = []
            waiting.append(place)
        yield from self._tiles_of(waiting)

    def _tiles_of(self, places: list[tuple[int, int, int]]) -> Iterator[bytes]:
        if not places:
            return
        hashes = read_hashes(places[0][0], [tile for _, tile, _ in places], size=self._head.size)
        for level, tile, width in places:
            yield from self._bag.add(LEDGER + tile_path(level, tile, width), hashes[tile], is_dense=True)

    def _checkpoints(self) -> Generator[bytes, None, list[dict[str, Any]]]:
        """Yield the checkpoints, what links them, who vouches for them; return the timestamps as they are declared."""
        note = self._head.note
        yield from self._bag.add(f"{LEDGER}checkpoint", note.encode())
        policy, told_in = current_policy(), settings.WITNESS_POLICY_FILE
        if policy is not None and told_in is not None:
            keys = [log.verifier for log in policy.logs] + [witness.verifier for witness in policy.witnesses.values()]
            told = "".join(f"{vkey(key.name, key.public, key.kind)}\n" for key in keys)
            yield from self._bag.add(f"{LEDGER}vkeys", told.encode())
            yield from self._bag.add(f"{LEDGER}policy", Path(told_in).read_bytes())
        self._points = self._all_points()
        for point in self._points:
            path = [b64encode(node).decode() for node in self._tree.consistency(point.size)]
            request = consistency_request(old=point.size, path=path, note=note)
            yield from self._bag.add(f"{LEDGER}checkpoints/{point.size}", point.note.encode())
            yield from self._bag.add(f"{LEDGER}consistency/{point.size}", request.encode())
        timestamps = []
        for size in (*(point.size for point in self._points), self._head.size):
            for number, token in enumerate(tokens_of(size), 1):
                file = f"timestamps/{size}/{number}.tst"
                stamped_at = canonical_time(microseconds(token.stamped_at))
                timestamps.append({"size": size, "file": file, "authority": token.authority, "stamped_at": stamped_at})
                yield from self._bag.add(LEDGER + file, token.token)
        if timestamps and settings.TIMESTAMP_AUTHORITY_FILE is not None:
            certificates = Path(settings.TIMESTAMP_AUTHORITY_FILE).read_bytes()
            yield from self._bag.add(f"{LEDGER}timestamps/authorities.pem", certificates)
        return timestamps

    def _all_points(self) -> list[Point]:
        """Return all earlier checkpoints, each once, by size; those asked for keep their role."""
        span = self._span
        first, end = (0, self._head.size) if span is None else (span.first, span.end)
        found = {point.size: point for point in points_between(first, end, head=self._head.size)}
        found |= {point.size: point for point in (() if span is None else span.points)}
        found |= {point.size: point for point in self._points}
        return [found[size] for size in sorted(found) if 0 < size < self._head.size]

    def _declaration(self, records: Records, timestamps: list[dict[str, Any]]) -> Iterator[bytes]:
        request, head, span = self._request, self._head, self._span
        declared: dict[str, Any] = {
            "schema": EVIDENCE_SCHEMA,
            "id": str(self._act),
            "made_at": canonical_time(microseconds(self._at)),
            "made_by": {
                "kind": self._actor.kind.value,
                "name": self._actor.name,
                "organisation": self._actor.organisation,
            },
            "expires_at": canonical_time(microseconds(self._at + request.valid_for)),
            "recipient": request.recipient,
            "language": request.language,
            "reason": request.reason.strip(),
            "origin": origin_of(_LOG),
            "checkpoint": {"size": head.size, "root": b64encode(head.root).decode()},
            "mode": request.mode,
            "range": None if span is None else {"first": span.first, "end": span.end},
            "filter": request.filter.told(),
            "count": records.count,
            "disclosures": {"made": request.made, "count": records.disclosures},
            "erasures": {"count": self._erased},
            "checkpoints": [{"size": point.size, "role": point.role} for point in self._points],
            "timestamps": timestamps,
        }
        declared["statement"] = statement_of(declared)
        written = json.dumps(declared, ensure_ascii=False, indent=2) + "\n"
        yield from self._bag.add("data/declaration.json", written.encode())
        yield from self._bag.add("README.txt", readme_of(declared).encode())
        yield from self._bag.end(
            {
                "Source-Organization": settings.KEEPER,
                "Bagging-Date": f"{self._at:%Y-%m-%d}",
                "External-Identifier": str(self._act),
                "External-Description": declared["statement"][request.language],
                "Recipient": request.recipient,
                "Valid-Until": declared["expires_at"],
            }
        )


def _pack(octets: bytes) -> tuple[tuple[Packed, bytes], str]:
    return deflate(octets), sha256(octets).hexdigest()
