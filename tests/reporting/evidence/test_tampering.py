"""Promises about forged bundles: whatever is changed, a named check catches it, manifests made right or not."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.ledger.checkpoint import Checkpoint
from compliance.ledger.notes import sign_line
from compliance.ledger.tiles import bundle, unbundle
from compliance.reporting.evidence.verifier.verify_bundle import verify_bundle
from tests.reporting.evidence.rewriting import Files, declared, files_of, flipped, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.reporting.evidence.conftest import Bundles, Verified

    Verify = Callable[..., Verified]
    Change = Callable[[Files], None]

ORIGIN = "kbi-audit.test/exchanges"
LINES, ROWS, LEDGER = "data/records.ndjson", "data/records.csv", "data/ledger/"
AT = "2026-01-01T00:00:00.000000Z"


def edit_a_record(files: Files) -> None:
    files[LINES] = files[LINES].replace(b'"outcome":"failed"', b'"outcome":"no-dat"', 1)


def edit_an_entry(files: Files) -> None:
    name = LEDGER + "tile/entries/000"
    files[name] = files[name].replace(b'"outcome":"failed"', b'"outcome":"no-dat"', 1)


def edit_entry_and_record(files: Files) -> None:
    edit_an_entry(files)
    edit_a_record(files)


def edit_entry_and_its_hash(files: Files) -> None:
    edit_entry_and_record(files)
    leaves = unbundle(files[LEDGER + "tile/entries/000"])
    files[LEDGER + "tile/0/000"] = b"".join(sha256(b"\x00" + leaf).digest() for leaf in leaves)


def omit_a_hit(files: Files) -> None:
    lines, rows = files[LINES].splitlines(keepends=True), files[ROWS].splitlines(keepends=True)
    files[LINES], files[ROWS] = b"".join(lines[:-1]), b"".join(rows[:-1])
    declared(lambda told: told.update(count=told["count"] - 1))(files)


def omit_an_entry(files: Files) -> None:
    name = LEDGER + "tile/entries/000"
    leaves = unbundle(files[name])
    files[name] = bundle(leaves[:10] + leaves[11:])


def swap_records(files: Files) -> None:
    lines = files[LINES].splitlines(keepends=True)
    files[LINES] = b"".join([lines[1], lines[0], *lines[2:]])


def swap_leaves_under_their_indexes(files: Files) -> None:
    lines = files[LINES].splitlines(keepends=True)
    cut = [line.partition(b",") for line in lines[:2]]
    swapped = [cut[0][0] + b"," + cut[1][2], cut[1][0] + b"," + cut[0][2]]
    files[LINES] = b"".join([*swapped, *lines[2:]])


def add_a_record_that_the_filter_does_not_select(files: Files) -> None:
    leaf = unbundle(files[LEDGER + "tile/entries/000"])[0]
    files[LINES] = b'{"index":0,"disclosures":[],"withheld":{},"leaf":%b}\n' % leaf + files[LINES]
    declared(lambda told: told.update(count=told["count"] + 1))(files)


def edit_the_table(files: Files) -> None:
    files[ROWS] = files[ROWS].replace(b",failed,", b",succeeded,", 1)


def drop_a_tile(files: Files) -> None:
    del files[LEDGER + "tile/0/000"]


def drop_the_edge(files: Files) -> None:
    del files[LEDGER + "tile/1/000.p/1"]


def add_a_tile_of_no_place(files: Files) -> None:
    files[LEDGER + "tile/0/007"] = bytes(8192)


def shorten_the_range(files: Files) -> None:
    del files[LEDGER + "tile/entries/001.p/44"]
    declared(lambda told: told["range"].update(end=256))(files)


def forge_the_checkpoint(files: Files) -> None:
    """Sign with a stolen key of the log; the witnesses cannot be made to."""
    text = Checkpoint(ORIGIN, 300, bytes(32)).text()
    note = f"{text}\n{sign_line(text, name=ORIGIN, seed=b'log key of the tests, 32 bytes!!')}"
    files[LEDGER + "checkpoint"] = note.encode()
    declared(lambda told: told["checkpoint"].update(root=b64encode(bytes(32)).decode()))(files)


def sign_with_another_key(files: Files) -> None:
    text = Checkpoint(ORIGIN, 300, bytes(32)).text()
    files[LEDGER + "checkpoint"] = f"{text}\n{sign_line(text, name=ORIGIN, seed=bytes(32))}".encode()


def drop_a_witness(files: Files) -> None:
    lines = files[LEDGER + "checkpoint"].splitlines(keepends=True)
    files[LEDGER + "checkpoint"] = b"".join(lines[:-1])


def break_the_consistency(files: Files) -> None:
    name = LEDGER + "consistency/150"
    head, _, note = files[name].partition(b"\n\n")
    files[name] = b"\n".join(head.split(b"\n")[:-1]) + b"\n\n" + note


def drop_an_earlier_checkpoint(files: Files) -> None:
    del files[LEDGER + "checkpoints/150"]


def swap_disclosures(files: Files) -> None:
    lines = [json.loads(line) for line in files[LINES].splitlines()]
    one, other = lines[0]["disclosures"], lines[1]["disclosures"]
    texts = files[LINES].decode()
    marked = texts.replace(one[0], "\0", 1).replace(other[0], one[0], 1).replace("\0", other[0], 1)
    files[LINES] = marked.encode()


def withhold_without_an_erasure(files: Files) -> None:
    told = json.loads(files[LINES].splitlines()[0])
    disclosure = told["disclosures"][0]
    digest = told["leaf"]["subjects"][0]["..."]
    first, _, rest = files[LINES].decode().partition("\n")
    first = first.replace(f'"{disclosure}",', "").replace('"withheld":{}', f'"withheld":{{"{digest}":"erased"}}')
    files[LINES] = f"{first}\n{rest}".encode()
    declared(lambda each: each["disclosures"].update(count=each["disclosures"]["count"] - 1))(files)


def break_a_proof(files: Files) -> None:
    name = next(name for name in files if name.endswith(".tlog-proof"))
    head, _, rest = files[name].partition(b"index ")
    number, _, path = rest.partition(b"\n")
    files[name] = head + b"index " + number + b"\n" + path[path.index(b"\n") + 1 :]


@pytest.mark.parametrize(
    ("which", "change", "check"),
    [
        ("failed", edit_a_record, "inclusion"),
        ("failed", edit_an_entry, "entries"),
        ("failed", edit_entry_and_record, "entries"),
        ("failed", edit_entry_and_its_hash, "tiles"),
        ("failed", omit_a_hit, "filter"),
        ("failed", omit_an_entry, "entries"),
        ("failed", swap_records, "inclusion"),
        ("failed", swap_leaves_under_their_indexes, "inclusion"),
        ("failed", add_a_record_that_the_filter_does_not_select, "filter"),
        ("failed", declared(lambda told: told.update(count=74)), "filter"),
        ("failed", declared(lambda told: told["filter"]["equal"].update(outcome=["succeeded"])), "filter"),
        ("failed", declared(lambda told: told["filter"]["equal"].clear()), "filter"),
        ("failed", declared(lambda told: told.update(origin="another.example/log")), "checkpoint"),
        ("failed", declared(lambda told: told["checkpoint"].update(size=299)), "declaration"),
        ("failed", declared(lambda told: told.update(besides=1)), "declaration"),
        ("failed", declared(lambda told: told.update(expires_at="2026-01-01T00:00:00.000000Z")), "expiry"),
        ("failed", edit_the_table, "csv"),
        ("failed", drop_a_tile, "tiles"),
        ("failed", drop_the_edge, "tiles"),
        ("failed", add_a_tile_of_no_place, "tiles"),
        ("failed", forge_the_checkpoint, "witnesses"),
        ("failed", sign_with_another_key, "checkpoint"),
        ("failed", drop_a_witness, "witnesses"),
        ("failed", break_the_consistency, "consistency"),
        ("failed", drop_an_earlier_checkpoint, "declaration"),
        ("hits", edit_a_record, "inclusion"),
        ("hits", declared(lambda told: told.update(count=76)), "filter"),
        ("hits", declared(lambda told: told["filter"]["equal"].update(outcome=["succeeded"])), "filter"),
        ("hits", drop_a_tile, "tiles"),
        ("hits", swap_disclosures, "disclosures"),
        ("hits", declared(lambda told: told["disclosures"].update(count=1)), "disclosures"),
        ("hits", withhold_without_an_erasure, "erasures"),
        ("hits", break_a_proof, "inclusion"),
    ],
)
def test_what_a_forger_changes_is_caught_by_a_named_check(
    bundles: Bundles, verify: Verify, tmp_path: Path, which: str, change: Change, check: str
) -> None:
    made = getattr(bundles, which)
    files = files_of(made.bundle)
    change(files)
    forged = write(files, tmp_path / "forged.zip")

    found = verify(forged, "--policy", made.policy, "--at", AT) if check != "expiry" else verify(forged)
    assert check in found.failed, found.told
    assert found.status == 1
    assert found.results["bag"] == "passed"


@pytest.mark.parametrize("which", ["failed", "hits"])
def test_a_bundle_rewritten_without_a_change_still_holds(
    bundles: Bundles, verify: Verify, tmp_path: Path, which: str
) -> None:
    made = getattr(bundles, which)

    assert verify(write(files_of(made.bundle), tmp_path / "same.zip"), "--policy", made.policy).status == 0


def test_a_range_made_shorter_proves_less_and_the_verifier_says_so(
    bundles: Bundles, verify: Verify, tmp_path: Path
) -> None:
    files = files_of(bundles.failed.bundle)
    shorten_the_range(files)

    found = verify(write(files, tmp_path / "shorter.zip"), "--policy", bundles.failed.policy)
    assert (found.status, found.results["completeness"]) == (0, "unproven")


def test_a_file_that_is_no_bundle_is_refused_in_words(bundles: Bundles, verify: Verify, tmp_path: Path) -> None:
    cut = tmp_path / "cut.zip"
    cut.write_bytes(bundles.failed.bundle.read_bytes()[:-40])
    besides = files_of(bundles.failed.bundle)
    besides["data/more.txt"] = b"x"

    assert verify(cut).status == 1
    assert verify(write(besides, tmp_path / "besides.zip", right=False)).failed == {"bag"}


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(chosen=st.data())
def test_no_bit_of_any_file_can_be_flipped(
    bundles: Bundles, tmp_path_factory: pytest.TempPathFactory, chosen: st.DataObject
) -> None:
    files = files_of(bundles.failed.bundle)
    name = chosen.draw(st.sampled_from(sorted(name for name in files if files[name])))
    at, bit = chosen.draw(st.integers(0, len(files[name]) - 1)), chosen.draw(st.integers(0, 7))
    files[name] = flipped(files[name], at, bit)
    forged = write(files, tmp_path_factory.mktemp("flipped") / "forged.zip", right=False)

    found = verify_bundle(str(forged), policy=bundles.failed.policy.read_text(), at=AT)
    assert found.exit_status == 1
    assert "bag" in {check.name for check in found.ordered if check.result == "failed"}


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(chosen=st.data())
def test_no_bit_of_records_or_proofs_can_be_flipped_though_the_manifests_are_made_right(
    bundles: Bundles, tmp_path_factory: pytest.TempPathFactory, chosen: st.DataObject
) -> None:
    files = files_of(bundles.hits.bundle)
    names = [LINES, ROWS, *_of_the_ledger(files)]
    name = chosen.draw(st.sampled_from(sorted(names)))
    at, bit = chosen.draw(st.integers(0, len(files[name]) - 1)), chosen.draw(st.integers(0, 7))
    files[name] = flipped(files[name], at, bit)
    forged = write(files, tmp_path_factory.mktemp("flipped") / "forged.zip")

    found = verify_bundle(str(forged), policy=bundles.hits.policy.read_text(), at=AT)
    assert found.exit_status == 1


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(chosen=st.data())
def test_damage_of_the_zip_itself_is_told_in_words(
    bundles: Bundles, tmp_path_factory: pytest.TempPathFactory, chosen: st.DataObject
) -> None:
    whole = bundles.hits.bundle.read_bytes()
    with ZipFile(bundles.hits.bundle) as zipped:
        (records,) = (member for member in zipped.infolist() if member.filename.endswith(LINES))
    start = records.header_offset + 30 + len(records.filename)
    at = chosen.draw(st.one_of(st.integers(start, start + records.compress_size - 1), st.integers(0, len(whole) - 1)))
    damaged = tmp_path_factory.mktemp("damaged") / "damaged.zip"
    damaged.write_bytes(flipped(whole, at, chosen.draw(st.integers(0, 7))))

    found = verify_bundle(str(damaged), policy=bundles.hits.policy.read_text(), at=AT)
    assert found.exit_status == 1 or files_of(damaged) == files_of(bundles.hits.bundle)


def _of_the_ledger(files: Files) -> Iterator[str]:
    """Yield the files of proof; keys and policy are not believed anyhow."""
    return (name for name in files if name.startswith(LEDGER) and name not in {LEDGER + "vkeys", LEDGER + "policy"})


def test_a_verifier_is_not_taken_in_by_strange_json(bundles: Bundles, verify: Verify, tmp_path: Path) -> None:
    strange: list[Any] = [[], {}, "x", {"schema": 1}, None]
    for number, told in enumerate(strange):
        files = files_of(bundles.failed.bundle)
        files["data/declaration.json"] = json.dumps(told).encode()
        found = verify(write(files, tmp_path / f"{number}.zip"), "--policy", bundles.failed.policy)
        assert found.failed == {"declaration"}
