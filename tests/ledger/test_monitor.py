"""A monitor that somebody else runs sees a log that forks, shrinks, lies or falls silent, and keeps the evidence."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

from compliance.ledger.checkpoint import Checkpoint
from compliance.ledger.ed25519 import public_key
from compliance.ledger.monitoring.monitor_program import main, seconds_of
from compliance.ledger.notes import COSIGNATURE, sign_line, vkey
from compliance.ledger.proofs import leaf_hash, root_of
from compliance.ledger.tiles import WIDTH, tile_path, tiles_of
from tests.ledger import growing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ORIGIN = "log.example/exchanges"
LOG_SEED, WITNESS_SEEDS = bytes(32), [bytes([number]) * 32 for number in (1, 2)]
HONEST = [b"leaf %d" % number for number in range(70_000)]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the server's signature
        pass


class Published:
    """A log's files on a web server, as its keeper, honest or not, puts them there."""

    def __init__(self, folder: Path, url: str) -> None:
        """Take the folder that the server serves at an address."""
        self.folder = folder
        self.url = url
        self.policy = "".join(
            [
                f"log {vkey(ORIGIN, public_key(LOG_SEED))}\n",
                *(f"witness w{n} {vkey(f'w{n}.example', public_key(seed), COSIGNATURE)}\n" for n, seed in _witnesses()),
                "group both 2 w0 w1\nquorum both\n",
            ]
        )

    def show(
        self,
        leaves: list[bytes],
        *,
        ago: int = 0,
        witnesses: int = 2,
        seed: bytes = LOG_SEED,
        origin: str = ORIGIN,
        root: bytes | None = None,
    ) -> str:
        """Put a head of these leaves there, signed and cosigned so many seconds ago, and its tiles."""
        rows = [[leaf_hash(leaf) for leaf in leaves]]
        while len(rows[-1]) >= WIDTH:
            row = rows[-1]
            rows.append([root_of(row[at : at + WIDTH]) for at in range(0, len(row) // WIDTH * WIDTH, WIDTH)])
        for level, tile, width in tiles_of(len(leaves)):
            hashes = rows[level][tile * WIDTH : tile * WIDTH + width]
            self.put(tile_path(level, tile, width), b"".join(hashes))
        text = Checkpoint(origin, len(leaves), root or root_of(rows[0])).text()
        at = int(time.time()) - ago
        lines = [sign_line(text, name=origin, seed=seed)]
        lines += [
            sign_line(text, name=f"w{number}.example", seed=one, kind=COSIGNATURE, time=at)
            for number, one in _witnesses()[:witnesses]
        ]
        note = f"{text}\n{''.join(lines)}"
        self.put("checkpoint", note.encode())
        return note

    def put(self, path: str, content: bytes) -> None:
        """Put a file there."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(content)


def _witnesses() -> list[tuple[int, bytes]]:
    return list(enumerate(WITNESS_SEEDS))


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Published]:
    """Serve a folder over HTTP."""
    folder = tmp_path / "published"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Published(folder, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def look(log: Published, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Return a function that looks once, and tells the status and what was said."""
    policy = tmp_path / "policy"
    policy.write_text(log.policy)

    def look(*more: str, with_policy: bool = True) -> tuple[int, str]:
        chosen = ["--policy", str(policy)] if with_policy else []
        status = main([log.url, "--state", str(tmp_path / "state"), "--once", *chosen, *more])
        said = capsys.readouterr()
        return status, said.out + said.err

    return look


def evidence(tmp_path: Path) -> dict[str, str]:
    """Return the files that were kept as evidence, by name."""
    return {path.name: path.read_text() for path in (tmp_path / "state" / "evidence").rglob("*.*") if path.is_file()}


@pytest.mark.parametrize(("first", "second"), [(1, 2), (255, 256), (256, 257), (300, 700), (700, 66_000)])
def test_a_log_that_grows_is_well(log: Published, look: Any, first: int, second: int) -> None:
    log.show(HONEST[:first])
    assert look()[0] == 0
    log.show(HONEST[:second])
    status, said = look()
    assert status == 0, said
    assert f"{second} leaves, {second - first} more than before; confirmed by 2 of 2 witnesses" in said
    assert look()[0] == 0


def test_a_log_that_is_still_empty_is_well(log: Published, look: Any) -> None:
    log.show([])
    assert look()[0] == 0
    log.show(HONEST[:3])
    assert look()[0] == 0


def _forked(log: Published) -> str:
    return log.show([*HONEST[:5], b"another", *HONEST[6:400]])


def _shrunk(log: Published) -> str:
    return log.show(HONEST[:299])


def _rewritten(log: Published) -> str:
    return log.show([*HONEST[:299], b"another"])


def _signed_by_another(log: Published) -> str:
    return log.show(HONEST[:400], seed=bytes([9]) * 32)


def _of_another_log(log: Published) -> str:
    return log.show(HONEST[:400], origin="log.example/other")


def _with_other_tiles(log: Published) -> str:
    return log.show(HONEST[:400], root=bytes(32))


def _with_a_false_cosignature(log: Published) -> str:
    note = log.show(HONEST[:400], witnesses=1)
    false = sign_line("another text\n", name="w1.example", seed=WITNESS_SEEDS[1], kind=COSIGNATURE, time=1)
    log.put("checkpoint", (note + false).encode())
    return note + false


@pytest.mark.parametrize(
    ("attack", "sentence"),
    [
        (_forked, "does not extend its first 300"),
        (_shrunk, "leaves are gone"),
        (_rewritten, "it was forked"),
        (_signed_by_another, "No key"),
        (_of_another_log, "No key"),
        (_with_other_tiles, "do not hash to the root"),
        (_with_a_false_cosignature, "does not hold"),
    ],
)
def test_a_log_that_lies_ends_the_watch_and_both_checkpoints_are_kept(
    log: Published, look: Any, tmp_path: Path, attack: Callable[[Published], str], sentence: str
) -> None:
    held = log.show(HONEST[:300])
    assert look()[0] == 0
    shown = attack(log)

    status, said = look()

    assert status == 1
    assert sentence in said
    kept = evidence(tmp_path)
    assert (kept["held.checkpoint"], kept["shown.checkpoint"]) == (held, shown)
    assert sentence in kept["sentence.txt"]
    assert look()[0] == 1  # what it held is still what it holds


def test_without_a_policy_it_says_so_and_still_sees_a_fork(log: Published, look: Any) -> None:
    log.show(HONEST[:300])
    status, said = look(with_policy=False)
    assert status == 0
    assert "no signature is verified" in said
    _forked(log)
    assert look(with_policy=False)[0] == 1


def test_a_log_that_falls_silent_is_stale(log: Published, look: Any) -> None:
    log.show(HONEST[:300], ago=1200)
    status, said = look()
    assert status == 1
    assert "Nothing newer was confirmed for 20 minutes; 15 are allowed" in said
    assert look("--max-age", "1h")[0] == 0


def test_heads_that_no_quorum_confirms_do_not_keep_a_log_fresh(log: Published, look: Any) -> None:
    log.show(HONEST[:300], ago=1200)
    assert look("--max-age", "1h")[0] == 0
    log.show(HONEST[:400], witnesses=1)
    assert look()[0] == 1
    assert look("--max-age", "1h")[0] == 0
    log.show(HONEST[:400])
    assert look()[0] == 0


def test_a_log_that_cannot_be_reached_is_said_to_be(log: Published, look: Any) -> None:
    status, said = look()
    assert status == 1
    assert "checkpoint could not be read" in said
    log.show(HONEST[:300])
    (log.folder / tile_path(0, 1, 44)).unlink()
    assert look()[0] == 1


def test_a_full_tile_stands_in_for_a_partial_one_that_was_removed(log: Published, look: Any) -> None:
    log.show(HONEST[:600])
    note = log.show(HONEST[:300])
    log.put(tile_path(0, 1), (log.folder / tile_path(0, 1)).read_bytes())
    (log.folder / tile_path(0, 1, 44)).unlink()
    log.put("checkpoint", note.encode())
    assert look()[0] == 0


def test_a_memory_that_cannot_be_read_is_not_begun_anew(log: Published, look: Any, tmp_path: Path) -> None:
    log.show(HONEST[:300])
    assert look()[0] == 0
    (tmp_path / "state" / "remembered.json").write_text("{")
    status, said = look()
    assert status == 1
    assert "cannot be read" in said


def test_the_program_is_one_file_that_needs_nothing_but_python(log: Published, tmp_path: Path) -> None:
    program, policy = tmp_path / "monitor.py", tmp_path / "policy.txt"
    call_command("monitor", write_program=program)
    policy.write_text(log.policy)
    command = [sys.executable, "-I", "-S", str(program), log.url, "--policy", str(policy), "--once"]
    command += ["--state", str(tmp_path / "elsewhere")]

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    log.show(HONEST[:300])
    ran = run()
    assert ran.returncode == 0, ran.stderr
    log.show(HONEST[:700])
    assert "400 more than before" in run().stdout
    _forked(log)
    ran = run()
    assert ran.returncode == 1
    assert "Both checkpoints are kept in" in ran.stderr


@pytest.mark.parametrize(("written", "seconds"), [("90s", 90), ("15m", 900), ("2h", 7200), ("1d", 86400)])
def test_lengths_of_time_are_read(written: str, seconds: int) -> None:
    assert seconds_of(written) == seconds


@pytest.mark.parametrize("written", ["", "15", "m", "-1m", "1.5h", "1w"])
def test_what_is_no_length_of_time_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="length of time"):
        seconds_of(written)


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_it_watches_what_this_service_publishes(live_server: Any, tmp_path: Path) -> None:
    policy = tmp_path / "policy"
    policy.write_text(growing.policy())
    command = [f"{live_server.url}/ledger/oversight", "--state", str(tmp_path / "state"), "--policy", str(policy)]
    for count in (3, 300, 700):
        growing.grow(count)
        growing.sign()
        assert main([*command, "--once"]) == 0
