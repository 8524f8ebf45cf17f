"""The signer signs heads that extend each other and nothing else, whatever it is asked and whenever it is killed."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from compliance.ledger.checkpoint import Checkpoint, parse_checkpoint
from compliance.ledger.notes import Note, parse, parse_signatures, sign_line, verified
from compliance.ledger.witnessing.answer import TREE_SIZE, RefusalError
from compliance.ledger.witnessing.client import NoAnswerError, ask
from compliance.ledger.witnessing.keys import write_key
from compliance.ledger.witnessing.memory import Memory, UnusableMemoryError
from compliance.ledger.witnessing.notary import Notary
from compliance.ledger.witnessing.signer import Signer
from tests.ledger.notaries import ORIGIN, History, Program, log_key, memory_in, serving
from tests.properties import patient

if TYPE_CHECKING:
    from collections.abc import Iterator

TRUE, FORK = History(), History("forged", fork=5)


@dataclass
class Asked:
    """A request: of which history, from which size to which."""

    history: History
    old: int | None
    size: int


requests = st.lists(
    st.builds(Asked, st.sampled_from([TRUE, FORK]), st.none() | st.integers(0, 24), st.integers(0, 24)),
    max_size=12,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where a signer keeps its memory."""
    return tmp_path / "memory"


@pytest.fixture
def signer_url(folder: Path) -> Iterator[str]:
    """Yield the address of a signer of one log, on HTTP."""
    with memory_in(folder) as memory, serving(Signer(Notary(memory), [log_key()])) as url:
        yield url


def head_of(signer: Signer) -> Checkpoint | None:
    """Return the last head that a signer has."""
    answer = signer.last(ORIGIN)
    return parse_checkpoint(parse(answer.text).text) if answer.text else None


@patient
@given(requests)
def test_whatever_is_asked_every_signed_head_extends_the_one_before(asked: list[Asked]) -> None:
    with TemporaryDirectory() as name, memory_in(Path(name)) as memory:
        signer = Signer(Notary(memory), [log_key()])
        last: Checkpoint | None = None
        for request in asked:
            known = 0 if last is None else last.size
            old = known if request.old is None else request.old
            may_sign = old == known <= request.size and (last is None or request.history.extends(request.size, last))
            try:
                answer = signer.add_checkpoint(request.history.unsigned(old, request.size))
            except RefusalError:
                assert not may_sign
            else:
                assert may_sign
                last = request.history.head(request.size)
                note = Note(last.text(), parse_signatures(answer.text))
                assert verified(note, [log_key().verifier]) == [ORIGIN]
            assert head_of(signer) == last


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(TRUE.unsigned(7, 9), 200, id="grows"),
        pytest.param(TRUE.unsigned(7, 7), 200, id="the same again"),
        pytest.param(FORK.unsigned(7, 7), 422, id="the same size with another root"),
        pytest.param(FORK.unsigned(7, 9), 422, id="a fork"),
        pytest.param(TRUE.unsigned(7, 9).replace(b"\n\n", b"\n" + b"A" * 43 + b"=\n\n"), 422, id="a longer proof"),
        pytest.param(TRUE.unsigned(0, 9), 409, id="from nothing"),
        pytest.param(TRUE.unsigned(8, 9), 409, id="from a size it never signed"),
        pytest.param(TRUE.unsigned(3, 5), 409, id="back"),
        pytest.param(TRUE.unsigned(9, 7), 400, id="shrinks"),
        pytest.param(History(origin="other.example").unsigned(7, 9), 404, id="another log"),
        pytest.param(TRUE.unsigned(7, 9) + b"extension\n", 403, id="an extension line"),
        pytest.param(b"", 400, id="nothing"),
        pytest.param(b"\xff", 400, id="no text"),
        pytest.param(TRUE.unsigned(7, 9).replace(b"old 7", b"old 07"), 400, id="a size with a zero before it"),
        pytest.param(TRUE.unsigned(7, 9).replace(b"\n\n", b"\nAAAA\n\n"), 400, id="a short hash"),
        pytest.param(
            b"old 7\n" + (b"A" * 43 + b"=\n") * 64 + b"\n" + TRUE.head(9).text().encode(), 400, id="64 hashes"
        ),
    ],
)
def test_each_refusal_has_the_status_that_tlog_witness_gives_it(signer_url: str, body: bytes, status: int) -> None:
    assert ask(signer_url, "POST", "/add-checkpoint", TRUE.unsigned(0, 7)).status == 200
    answer = ask(signer_url, "POST", "/add-checkpoint", body)
    assert answer.status == status
    if status == 409:
        assert (answer.text, answer.content_type) == ("7\n", TREE_SIZE)
    last = parse_checkpoint(parse(ask(signer_url, "GET", f"/last?origin={ORIGIN}").text).text)
    assert last == TRUE.head(9 if b"\n9\n" in body and status == 200 else 7)


def test_nobody_is_told_of_a_log_that_is_not_signed_here(signer_url: str) -> None:
    assert ask(signer_url, "GET", f"/last?origin={ORIGIN}").status == 204
    assert ask(signer_url, "GET", "/last?origin=other.example").status == 404
    assert ask(signer_url, "GET", "/").status == 404
    assert ask(signer_url, "PUT", "/add-checkpoint", b"x").status == 501


def test_after_a_change_of_keys_the_last_head_is_shown_under_the_new_one(folder: Path) -> None:
    old, new = log_key(b"1" * 32), log_key(b"2" * 32)
    with memory_in(folder) as memory:
        Signer(Notary(memory), [old]).add_checkpoint(TRUE.unsigned(0, 3))
        note = parse(Signer(Notary(memory), [new]).last(ORIGIN).text)
    assert note.text == TRUE.head(3).text()
    assert verified(note, [new.verifier]) == [ORIGIN]


@pytest.mark.parametrize(
    ("method", "headers"),
    [("GET", {"Content-Length": "45"}), ("POST", {"Transfer-Encoding": "chunked", "Content-Length": "4"})],
)
def test_a_body_that_was_not_read_is_not_taken_for_a_request(
    signer_url: str, method: str, headers: dict[str, str]
) -> None:
    connection = HTTPConnection(signer_url.removeprefix("http://"), timeout=5)
    connection.putrequest(method, f"/last?origin={ORIGIN}")
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders(b"GET / HTTP/1.1\r\nHost: somebody.example\r\n\r\n")
    response = connection.getresponse()
    response.read()
    assert response.headers["Connection"] == "close"
    assert response.status == (204 if method == "GET" else 411)
    connection.close()


def test_a_body_that_is_too_large_is_not_read(signer_url: str) -> None:
    assert ask(signer_url, "POST", "/add-checkpoint", bytes(300_000)).status == 413


def test_while_keys_change_both_sign_and_openssl_agrees(folder: Path) -> None:
    keys = [log_key(b"1" * 32), log_key(b"2" * 32)]
    with memory_in(folder) as memory:
        lines = Signer(Notary(memory), keys).add_checkpoint(TRUE.unsigned(0, 3)).text
    signatures = parse_signatures(lines)
    assert [signature.key_id for signature in signatures] == [key.verifier.key_id for key in keys]
    for signature, key in zip(signatures, keys, strict=True):
        public = Ed25519PublicKey.from_public_bytes(key.verifier.public)
        public.verify(signature.signature, TRUE.head(3).text().encode())


@patient
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"old 0\n\n{text}".encode(errors="replace")))
def test_whatever_comes_in_is_answered_with_a_refusal_and_no_accident(body: bytes) -> None:
    with TemporaryDirectory() as name, memory_in(Path(name)) as memory, pytest.raises(RefusalError) as refused:
        Signer(Notary(memory), [log_key()]).add_checkpoint(body)
    assert refused.value.answer.status in {400, 403, 404}


class Failing(Memory):
    """A memory on a disk that fails, before it kept a head or after."""

    fails = ""

    def keep(self, origin: str, note: Note) -> None:
        """Fail in one of the two ways."""
        if self.fails == "and keeps nothing":
            raise OSError(28, "No space left on device")
        super().keep(origin, note)
        if self.fails:
            raise OSError(5, "Input/output error")


@pytest.mark.parametrize("way", ["and keeps nothing", "and keeps it all the same"])
def test_a_disk_that_fails_gives_no_signature_and_asking_again_does(folder: Path, way: str) -> None:
    memory_in(folder)
    with Failing(folder) as memory, serving(Signer(Notary(memory), [log_key()])) as url:
        assert ask(url, "POST", "/add-checkpoint", TRUE.unsigned(0, 7)).status == 200
        memory.fails = way
        answer = ask(url, "POST", "/add-checkpoint", TRUE.unsigned(7, 9))
        assert (answer.status, "—" in answer.text) == (500, False)
        memory.fails = ""
        answer = ask(url, "POST", "/add-checkpoint", TRUE.unsigned(7, 9))
        if answer.status == 409:
            answer = ask(url, "POST", "/add-checkpoint", TRUE.unsigned(int(answer.text), 9))
        assert answer.status == 200


def test_a_memory_is_never_begun_by_itself_and_never_shared(folder: Path) -> None:
    with pytest.raises(UnusableMemoryError, match="not a memory"), Memory(folder):
        pass
    with (
        memory_in(folder),
        pytest.raises(UnusableMemoryError, match="Another process"),
        Memory(folder),
    ):
        pass


def test_a_memory_that_was_changed_is_not_relied_on(folder: Path) -> None:
    with memory_in(folder) as memory:
        Signer(Notary(memory), [log_key()]).add_checkpoint(TRUE.unsigned(0, 7))
    (kept,) = (path for path in folder.iterdir() if len(path.name) == 64)
    other = kept.read_text().replace(ORIGIN, "other.example")
    for content in ("", kept.read_text()[:-1], other):
        kept.write_text(content)
        with pytest.raises(UnusableMemoryError), Memory(folder):
            pass


class Killable:
    """The signer in its own process, without one variable of the service."""

    def __init__(self, tmp_path: Path) -> None:
        """Make its key."""
        self.key, self.state = tmp_path / "log.key", tmp_path / "memory"
        write_key(log_key(), self.key)

    def start(self, *options: str) -> Program:
        """Start it."""
        listen = ("--listen", "127.0.0.1:0", "--state", str(self.state), "--key", str(self.key))
        return Program("manage.py", "signer", *listen, *options)


def test_a_signer_killed_at_random_signs_no_fork_and_forgets_nothing(tmp_path: Path) -> None:
    killable, chance = Killable(tmp_path), Random(3)  # noqa: S311 - moments to kill at, no secrets
    answered: list[Checkpoint] = []
    heard = threading.Semaphore(0)

    def ask_on(url: str, history: History) -> None:
        old, size = 0, 1
        while True:
            try:
                answer = ask(url, "POST", "/add-checkpoint", history.unsigned(old, size))
            except NoAnswerError:
                return
            if answer.status == 200:
                answered.append(history.head(size))
                heard.release()
                old, size = size, min(size + 1, 250)
            elif answer.status == 409:
                old = int(answer.text)
                size = min(old + 1, 250)
            else:
                return

    for turn in range(8):
        signer = killable.start(*(["--begin"] if turn == 0 else []))
        askers = [threading.Thread(target=ask_on, args=(signer.url, history)) for history in (TRUE, FORK, TRUE)]
        for asker in askers:
            asker.start()
        for _ in range(chance.randrange(1, 20)):
            assert heard.acquire(timeout=30)
        signer.kill()
        for asker in askers:
            asker.join()

    signer = killable.start()
    last = parse_checkpoint(parse(ask(signer.url, "GET", f"/last?origin={ORIGIN}").text).text)
    assert signer.stop() == 0
    assert len(answered) > 8
    true = TRUE if TRUE.extends(last.size, last) else FORK
    assert all(true.extends(last.size, head) for head in answered)


def test_a_lost_memory_is_begun_again_from_what_others_kept(tmp_path: Path) -> None:
    killable = Killable(tmp_path)
    kept, forged = tmp_path / "kept", tmp_path / "forged"
    text = TRUE.head(7).text()
    kept.write_text(f"{text}\n{sign_line(text, name=ORIGIN, seed=log_key().seed)}")
    forged.write_text(f"{text}\n{sign_line(text, name=ORIGIN, seed=b'x' * 32)}")
    assert "not signed with a key" in killable.start("--begin", "--recollect", str(forged)).error()
    signer = killable.start("--begin", "--recollect", str(kept))
    assert ask(signer.url, "POST", "/add-checkpoint", FORK.unsigned(0, 9)).status == 409
    assert ask(signer.url, "POST", "/add-checkpoint", FORK.unsigned(7, 9)).status == 422
    assert ask(signer.url, "POST", "/add-checkpoint", TRUE.unsigned(7, 9)).status == 200
    assert signer.stop() == 0
    assert "has a head of" in killable.start("--recollect", str(kept)).error()


def test_the_signer_refuses_a_lost_memory_and_a_second_signer(tmp_path: Path) -> None:
    killable = Killable(tmp_path)
    assert "not a memory" in killable.start().error()
    first = killable.start("--begin")
    assert "Another process" in killable.start().error()
    assert first.stop() == 0


def test_the_signer_takes_key_memory_and_address_from_the_environment(tmp_path: Path) -> None:
    environ = {
        "SIGNER_KEY": log_key().private_text(),
        "SIGNER_STATE": str(tmp_path / "memory"),
        "SIGNER_LISTEN": "127.0.0.1:0",
    }
    signer = Program("manage.py", "signer", "--begin", environ=environ)
    assert ask(signer.url, "POST", "/add-checkpoint", TRUE.unsigned(0, 3)).status == 200
    assert signer.stop() == 0
