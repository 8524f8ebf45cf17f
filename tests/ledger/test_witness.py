"""A witness cosigns as C2SP tlog-witness says, from one file that needs Python alone, and keeps what accuses a log."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.ledger.notes import Note, parse, parse_signatures, signed_by, verifier_of
from compliance.ledger.policy import parse_policy
from compliance.ledger.witnessing.answer import TREE_SIZE, RefusalError
from compliance.ledger.witnessing.client import NoAnswerError, ask
from compliance.ledger.witnessing.keys import new_key, parse_key
from compliance.ledger.witnessing.notary import Notary
from compliance.ledger.witnessing.witness import Watching
from tests.ledger.notaries import ORIGIN, History, Program, log_key, memory_in, serving, witness_key
from tests.properties import patient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.ledger.witnessing.memory import Memory

TRUE, FORK = History(), History("forged", fork=5)
POLICY = f"log {log_key().vkey}\nquorum none\n"
NOW = 1_800_000_000


def watching(memory: Memory) -> Watching:
    """Return a witness of the log, for whom it is always the same second."""
    return Watching(Notary(memory, seconds=lambda: NOW), [witness_key()], parse_policy(POLICY))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where the witness keeps its memory."""
    return tmp_path / "memory"


@pytest.fixture
def witness_url(folder: Path) -> Iterator[str]:
    """Yield the address of a witness."""
    with memory_in(folder) as memory, serving(watching(memory)) as url:
        yield url


def test_a_cosignature_says_when_and_verifies_under_the_checkpoint(witness_url: str) -> None:
    answer = ask(witness_url, "POST", "/add-checkpoint", TRUE.signed(0, 7))
    note = Note(TRUE.head(7).text(), parse_signatures(answer.text))
    (signed,) = signed_by(note, [witness_key().verifier])
    assert (answer.status, signed.time) == (200, NOW)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(TRUE.signed(7, 9), 200, id="grows"),
        pytest.param(TRUE.signed(7, 7), 200, id="the same again"),
        pytest.param(FORK.signed(7, 7), 422, id="the same size with another root"),
        pytest.param(FORK.signed(7, 9), 422, id="a fork"),
        pytest.param(TRUE.signed(0, 9), 409, id="from nothing"),
        pytest.param(TRUE.signed(3, 5), 409, id="back"),
        pytest.param(TRUE.signed(9, 7), 400, id="shrinks"),
        pytest.param(History(origin="other.example").signed(7, 9), 404, id="another log"),
        pytest.param(TRUE.signed(7, 9, log_key(b"x" * 32)), 403, id="another key"),
        pytest.param(TRUE.signed(7, 9, witness_key()), 403, id="no signature of the log"),
        pytest.param(
            TRUE.signed(7, 9).replace(TRUE.head(9).text().encode(), FORK.head(9).text().encode()),
            403,
            id="a signature of something else",
        ),
        pytest.param(TRUE.unsigned(7, 9), 400, id="no signatures"),
    ],
)
def test_each_answer_has_the_status_that_the_specification_gives_it(witness_url: str, body: bytes, status: int) -> None:
    assert ask(witness_url, "POST", "/add-checkpoint", TRUE.signed(0, 7)).status == 200
    answer = ask(witness_url, "POST", "/add-checkpoint", body)
    assert answer.status == status
    if status == 409:
        assert (answer.text, answer.content_type) == ("7\n", TREE_SIZE)


def test_the_newest_checkpoint_is_shown_with_the_signatures_of_log_and_witness(witness_url: str) -> None:
    address = f"/{sha256(ORIGIN.encode()).hexdigest()}/checkpoint"
    assert ask(witness_url, "GET", address).status == 404
    ask(witness_url, "POST", "/add-checkpoint", TRUE.signed(0, 7))
    ask(witness_url, "POST", "/add-checkpoint", TRUE.signed(7, 9))
    note = parse(ask(witness_url, "GET", address).text)
    assert note.text == TRUE.head(9).text()
    assert len(signed_by(note, [log_key().verifier, witness_key().verifier])) == 2
    for elsewhere in ("/lock/checkpoint", f"/{'0' * 64}/checkpoint", "/../lock/checkpoint", "/"):
        assert ask(witness_url, "GET", elsewhere).status == 404


def test_a_fork_that_the_log_signed_is_kept_as_evidence_and_strangers_fill_no_disk(
    witness_url: str, folder: Path
) -> None:
    ask(witness_url, "POST", "/add-checkpoint", TRUE.signed(0, 7))
    ask(witness_url, "POST", "/add-checkpoint", TRUE.signed(7, 9, log_key(b"x" * 32)))
    assert not folder.joinpath("refused").exists()
    ask(witness_url, "POST", "/add-checkpoint", FORK.signed(7, 9))
    (kept,) = folder.joinpath("refused").iterdir()
    assert kept.read_bytes() == FORK.signed(7, 9)


@patient
@given(st.lists(st.tuples(st.sampled_from([TRUE, FORK]), st.integers(0, 12), st.integers(0, 12)), max_size=10))
def test_whatever_is_asked_all_that_is_cosigned_is_one_history(asked: list[tuple[History, int, int]]) -> None:
    cosigned = []
    with TemporaryDirectory() as name, memory_in(Path(name)) as memory:
        witness = watching(memory)
        for history, old, size in asked:
            try:
                witness.add_checkpoint(history.signed(old, size))
            except RefusalError:
                continue
            cosigned.append((history, history.head(size)))
    for (_, before), (history, after) in pairwise(cosigned):
        assert history.extends(after.size, before)


class Partner:
    """Somebody with Python, the one file, and nothing of ours."""

    def __init__(self, home: Path) -> None:
        """Write the program, as an operator hands it over."""
        self.home = home
        self.program = home / "witness.py"
        command = [sys.executable, "manage.py", "witness", "--write-program", str(self.program)]
        subprocess.run(command, check=True, env={}, cwd=Path(__file__).parent.parent.parent)
        home.joinpath("policy.txt").write_text(POLICY)

    def run(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Run the program to its end."""
        command = [sys.executable, "-I", "-W", "error", str(self.program), *options]
        return subprocess.run(command, capture_output=True, text=True, check=False, env={}, cwd=self.home)

    def watch(self, *options: str) -> Program:
        """Run the program on and on."""
        files = ("--policy", "policy.txt", "--key", "key", "--state", "state")
        paths = [str(self.home / name) if not name.startswith("--") else name for name in files]
        return Program("-I", "-W", "error", self.program, *paths, "--listen", "127.0.0.1:0", *options)


def test_a_partner_runs_the_one_file_which_outlives_being_killed(tmp_path: Path) -> None:
    partner = Partner(tmp_path)
    made = partner.run("--new-key", "partner.example/w1", "--key", "key")
    assert made.stderr == ""
    key = verifier_of(made.stdout.strip())
    assert tmp_path.joinpath("key").stat().st_mode & 0o777 == 0o600
    assert "File exists" in partner.run("--new-key", "partner.example/w1", "--key", "key").stderr
    assert "not a memory" in partner.watch().error()

    witness = partner.watch("--begin")
    answer = ask(witness.url, "POST", "/add-checkpoint", TRUE.signed(0, 7))
    assert signed_by(Note(TRUE.head(7).text(), parse_signatures(answer.text)), [key])
    witness.kill()
    with pytest.raises(NoAnswerError):
        ask(witness.url, "POST", "/add-checkpoint", TRUE.signed(7, 9))

    witness = partner.watch()
    assert ask(witness.url, "POST", "/add-checkpoint", FORK.signed(7, 9)).status == 422
    assert ask(witness.url, "POST", "/add-checkpoint", TRUE.signed(7, 9)).status == 200
    assert witness.stop() == 0


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--policy", "policy.txt"], "needs --policy, --key and --state"),
        (["--policy", "none.txt", "--key", "key", "--state", "s"], "No such file"),
        (["--policy", "bad.txt", "--key", "key", "--state", "s"], "Line 1 of the policy"),
        (["--policy", "policy.txt", "--key", "log.key", "--state", "s"], "kind 4"),
        (["--policy", "policy.txt", "--key", "bad.txt", "--state", "s"], "not a private key"),
        (["--policy", "policy.txt", "--key", "key", "--state", "s", "--listen", "8101"], "not an address"),
        (["--new-key", "with space", "--key", "new.key"], "has no spaces"),
        (["--new-key", "partner.example"], "Say with --key"),
    ],
)
def test_what_a_partner_gets_wrong_is_said_in_a_sentence(options: list[str], complaint: str, tmp_path: Path) -> None:
    partner = Partner(tmp_path)
    tmp_path.joinpath("bad.txt").write_text("nonsense\n")
    tmp_path.joinpath("key").write_text(f"# of the test\n\n{witness_key().private_text()}\n")
    tmp_path.joinpath("log.key").write_text(log_key().private_text())
    ran = partner.run(*options)
    assert ran.returncode == 1
    assert complaint in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_private_key_is_read_back_and_shown_to_nobody() -> None:
    key = new_key("partner.example/w1", 4)
    assert parse_key(key.private_text()) == key
    assert key.seed.hex() not in repr(key)
    assert repr(key.seed) not in repr(key)
    assert verifier_of(key.vkey) == key.verifier
