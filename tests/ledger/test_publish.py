"""The newest head is signed and cosigned, whoever is down, slow, behind or lying, and whatever was kept unheard."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from random import Random
from socketserver import BaseRequestHandler, TCPServer
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from compliance.kernel.clock import now
from compliance.ledger.ask_signer import (
    ForkRefusedError,
    SignerAheadError,
    SignerAwayError,
    SignerNotTrustedError,
    signer_head,
)
from compliance.ledger.ask_witnesses import witness_head
from compliance.ledger.checkpoint import Checkpoint as Signed
from compliance.ledger.logs import origin_of
from compliance.ledger.models import Checkpoint, Cosignature
from compliance.ledger.notes import COSIGNATURE, parse, sign_line
from compliance.ledger.patience import Patience
from compliance.ledger.policy import parse_policy
from compliance.ledger.publish import DamagedCheckpointError, publish
from compliance.ledger.published import latest_published, published_at_least
from compliance.ledger.stored_tiles import tree_of
from compliance.ledger.trusted import PolicyUnreadableError
from compliance.ledger.witnessing.client import NoAnswerError, ask
from compliance.ledger.witnessing.notary import Notary
from compliance.ledger.witnessing.request import AddCheckpoint
from compliance.ledger.witnessing.signer import Signer
from compliance.ledger.witnessing.witness import Watching
from tests.ledger.growing import LOG, grow
from tests.ledger.notaries import log_key, memory_in, serving, witness_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from compliance.ledger.witnessing.answer import Answer
    from compliance.ledger.witnessing.keys import SigningKey
    from compliance.ledger.witnessing.serve import Application

FATES = ("done", "failed", "failed but was done")


@dataclass
class Fated:
    """An application whose next requests fail as they are told: before they are done, or after."""

    application: Application
    fate: str = "done"
    asked: list[bytes] = field(default_factory=list)
    before: Callable[[], object] = bool

    def __call__(self, method: str, target: str, body: bytes) -> Answer:
        """Answer, or fail."""
        self.before()
        self.asked.append(body)
        if self.fate == "failed":
            raise OSError(28, "No space left on device")
        answer = self.application(method, target, body)
        if self.fate == "failed but was done":
            raise OSError(5, "Input/output error")
        return answer


class Outside:
    """A signer and two witnesses, outside the service, and the policy that names them."""

    def __init__(self, folder: Path, settings: Any, stack: ExitStack) -> None:
        """Start them all."""
        self._folder, self._settings, self._stack = folder, settings, stack
        self.log_key = log_key(origin=origin_of(LOG))
        self.witness_keys = {"one": witness_key(b"1" * 32, "one.example"), "two": witness_key(b"2" * 32, "two.example")}
        self.urls: dict[str, str] = {}
        self.witnesses: dict[str, Fated] = {}
        self.signer = self.new_signer("signer", self.log_key)
        for name in self.witness_keys:
            self.new_witness(name, name)
        self.trust()

    def new_signer(self, memory: str, *keys: SigningKey) -> Fated:
        """Start a signer, which the settings name from now on."""
        notary = Notary(self._stack.enter_context(memory_in(self._folder / memory)))
        signer = Fated(Signer(notary, keys))
        self._settings.SIGNER_URL = self._stack.enter_context(serving(signer))
        return signer

    def new_witness(self, name: str, memory: str) -> None:
        """Start a witness in the place of the one that had this name; a new memory is one that was lost."""
        policy = parse_policy(f"log {self.log_key.vkey}\nquorum none\n")
        notary = Notary(self._stack.enter_context(memory_in(self._folder / memory)))
        self.witnesses[name] = Fated(Watching(notary, [self.witness_keys[name]], policy))
        self.urls[name] = self._stack.enter_context(serving(self.witnesses[name]))

    def trust(self, quorum: str = "all", log: str | None = None) -> None:
        """Write the policy."""
        lines = [f"log {log or self.log_key.vkey}"]
        lines += [f"witness {name} {self.witness_keys[name].vkey} {url}/" for name, url in self.urls.items()]
        lines += [f"group both {quorum} {' '.join(self.urls)}", "quorum both"]
        path = self._folder / "policy"
        path.write_text("\n".join(lines) + "\n")
        self._settings.WITNESS_POLICY_FILE = path


@pytest.fixture
def outside(transactional_db: None, tmp_path: Path, settings: Any) -> Iterator[Outside]:
    """Run a signer and two witnesses."""
    with ExitStack() as stack:
        yield Outside(tmp_path, settings, stack)


def publish_now() -> Any:
    """Publish, asking those too who failed a moment ago."""
    return publish(log=LOG, patience=Patience(first_wait=0.0))


@contextmanager
def writes_are(fate: str, table: str) -> Iterator[None]:
    """Let writing to a table fail in one of the two ways."""

    def execute(run: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        concerned = str(sql).startswith(f"INSERT INTO {table}")
        if concerned and fate == "failed":
            raise ConnectionError
        result = run(sql, params, many, context)
        if concerned and fate == "failed but was done":
            raise ConnectionError
        return result

    with connection.execute_wrapper(execute):
        yield


def test_a_head_is_signed_cosigned_by_all_and_then_left_alone(outside: Outside) -> None:
    grow(300)
    assert publish_now().witnesses == {"one", "two"}
    published = latest_published(LOG)
    assert published is not None
    assert (published.size, published.root, published.quorum_met) == (300, tree_of(LOG).root(), True)
    assert published.witnesses == ["one", "two"]
    assert len(parse(published.note).signatures) == 3
    assert signer_head(LOG) == Signed(origin_of(LOG), 300, tree_of(LOG).root())
    asked = len(outside.signer.asked)
    assert publish_now().is_new is False
    assert len(outside.signer.asked) == asked
    assert [len(witness.asked) for witness in outside.witnesses.values()] == [1, 1]


def test_each_head_extends_the_last_over_full_tiles_and_partial_ones(outside: Outside) -> None:
    for count in (1, 1, 254, 1, 300, 2):
        grow(count)
        assert publish_now().quorum_met
    assert list(Checkpoint.objects.filter(log=LOG).order_by("size").values_list("size", flat=True)) == [
        1,
        2,
        256,
        257,
        557,
        559,
    ]


def test_without_a_signer_or_entries_nothing_is_signed(outside: Outside, settings: Any) -> None:
    assert publish_now() is None
    assert signer_head(LOG) is None
    assert latest_published(LOG) is None
    grow(3)
    settings.SIGNER_URL = None
    assert publish_now() is None
    assert signer_head(LOG) is None


def test_without_a_policy_heads_are_signed_and_not_called_published(outside: Outside, settings: Any) -> None:
    settings.WITNESS_POLICY_FILE = None
    grow(3)
    assert publish_now().quorum_met is False
    published = latest_published(LOG)
    assert published is not None
    assert (published.size, published.quorum_met) == (3, False)
    assert published_at_least(LOG, 3) is None
    settings.WITNESS_POLICY_FILE = "/nowhere"
    with pytest.raises(PolicyUnreadableError):
        publish_now()


@pytest.mark.parametrize("quorum", ["all", "any"])
def test_a_witness_that_is_down_delays_only_a_quorum_that_needs_it(outside: Outside, quorum: str) -> None:
    outside.trust(quorum)
    grow(3)
    publish_now()
    outside.witnesses["one"].fate = "failed"
    grow(4)
    assert publish_now().witnesses == {"two"}
    grow(5)
    publish_now()
    published = latest_published(LOG)
    assert published is not None
    assert (published.size, published.quorum_met) == ((3, True) if quorum == "all" else (12, True))
    outside.witnesses["one"].fate = "done"
    assert publish_now().witnesses == {"one", "two"}
    sizes = Cosignature.objects.filter(log=LOG, witness="one").order_by("size").values_list("size", flat=True)
    assert list(sizes) == [3, 12]
    first = published_at_least(LOG, 4)
    assert first is not None
    assert first.size == (12 if quorum == "all" else 7)


@pytest.mark.parametrize("slow", ["one", "two"])
def test_a_witness_that_is_slow_keeps_no_other_waiting(outside: Outside, slow: str) -> None:
    (other,) = outside.witnesses.keys() - {slow}
    answered = threading.Event()
    outside.witnesses[other].before = answered.set
    outside.witnesses[slow].before = lambda: answered.wait(4)
    grow(3)
    assert publish_now().witnesses == {"one", "two"}


def test_a_witness_that_failed_is_left_alone_for_a_while(outside: Outside) -> None:
    patience = Patience(first_wait=3600)
    outside.witnesses["one"].fate = "failed"
    for _ in range(3):
        grow(1)
        publish(log=LOG, patience=patience)
    assert [len(witness.asked) for witness in outside.witnesses.values()] == [1, 3]


def test_a_witness_that_lost_its_memory_or_missed_heads_is_brought_up_to_date(outside: Outside) -> None:
    grow(3)
    publish_now()
    outside.new_witness("one", "a new memory")
    outside.trust()
    grow(4)
    assert publish_now().witnesses == {"one", "two"}
    policy = parse_policy(outside._folder.joinpath("policy").read_text())  # noqa: SLF001 - the test's own
    for witness in policy.witnesses.values():
        assert witness_head(witness, origin=origin_of(LOG)) == signer_head(LOG)
        assert witness_head(witness, origin="other.example") is None


def test_whatever_fails_whether_it_was_done_or_not_all_are_of_one_history_in_the_end(outside: Outside) -> None:
    chance = Random(7)  # noqa: S311 - an order of failures, no secret
    for _ in range(40):
        grow(chance.randrange(1, 40))
        outside.signer.fate = chance.choice(FATES)
        for witness in outside.witnesses.values():
            witness.fate = chance.choice(FATES)
        with (
            writes_are(chance.choice(FATES), "ledger_checkpoint"),
            writes_are(chance.choice(FATES), "ledger_cosignature"),
        ):
            try:
                publish_now()
            except (ConnectionError, SignerAwayError):
                continue
    for fated in (outside.signer, *outside.witnesses.values()):
        fated.fate = "done"
    grow(1)
    assert publish_now().quorum_met
    tree = tree_of(LOG)
    kept = list(Checkpoint.objects.filter(log=LOG))
    assert len(kept) > 5
    for checkpoint in kept:
        text = Signed(origin_of(LOG), checkpoint.size, tree_of(LOG, checkpoint.size).root()).text()
        assert parse(checkpoint.note).text == text
    assert signer_head(LOG) == Signed(origin_of(LOG), tree.size, tree.root())


def test_two_who_publish_while_the_log_grows_sign_one_history(outside: Outside) -> None:
    grown = threading.Event()

    def keep_publishing() -> int:
        rounds = 0
        try:
            while not grown.is_set():
                publish_now()
                rounds += 1
        finally:
            connection.close()
        return rounds

    with ThreadPoolExecutor(2) as pool:
        publishers = [pool.submit(keep_publishing) for _ in range(2)]
        for _ in range(25):
            grow(3)
        grown.set()
        assert all(publisher.result() for publisher in publishers)
    assert publish_now().quorum_met
    assert signer_head(LOG) == Signed(origin_of(LOG), 75, tree_of(LOG).root())


def test_a_database_that_holds_less_than_was_signed_publishes_nothing(outside: Outside, settings: Any) -> None:
    grow(3)
    more = Signed(origin_of(LOG), 9, bytes(32)).text()
    assert ask(settings.SIGNER_URL, "POST", "/add-checkpoint", AddCheckpoint(0, (), more).body()).status == 200
    with pytest.raises(SignerAheadError):
        publish_now()
    grow(9)
    with pytest.raises(ForkRefusedError):
        publish_now()
    assert not Checkpoint.objects.filter(log=LOG).exists()


def test_a_signer_whose_key_the_policy_does_not_have_is_not_believed(outside: Outside) -> None:
    outside.new_signer("other", log_key(b"x" * 32, origin_of(LOG)))
    grow(3)
    with pytest.raises(SignerNotTrustedError):
        publish_now()
    with pytest.raises(SignerNotTrustedError):
        signer_head(LOG)
    assert not Checkpoint.objects.filter(log=LOG).exists()


def test_a_signer_that_is_down_is_asked_again(outside: Outside) -> None:
    outside.signer.fate = "failed"
    grow(3)
    with pytest.raises(SignerAwayError):
        publish_now()
    with pytest.raises(SignerAwayError):
        signer_head(LOG)
    outside.signer.fate = "done"
    assert publish_now().quorum_met


def test_while_keys_change_checkpoints_carry_both_signatures(outside: Outside) -> None:
    new = log_key(b"n" * 32, origin_of(LOG))
    outside.new_signer("rotating", outside.log_key, new)
    grow(3)
    assert publish_now().quorum_met
    published = latest_published(LOG)
    assert published is not None
    assert len(parse(published.note).signatures) == 4
    assert parse_policy(f"log {new.vkey}\nquorum none\n").confirm(parse(published.note)).quorum_met


def test_a_witness_that_signs_with_another_key_is_not_counted(outside: Outside) -> None:
    outside.witness_keys["one"] = witness_key(b"x" * 32, "one.example")
    outside.trust()
    grow(3)
    assert publish_now().witnesses == {"two"}


def test_a_cosignature_that_somebody_put_into_the_database_makes_no_quorum(outside: Outside) -> None:
    outside.witnesses["one"].fate = "failed"
    grow(3)
    publish_now()
    line = sign_line("else\n", name="one.example", seed=b"1" * 32, kind=COSIGNATURE, time=7)
    Cosignature.objects.create(log=LOG, size=3, witness="one", cosigned_at=now(), line=line)
    published = latest_published(LOG)
    assert published is not None
    assert published.quorum_met is False


def test_a_note_that_is_no_checkpoint_is_shown_to_nobody(outside: Outside) -> None:
    grow(3)
    Checkpoint.objects.create(log=LOG, size=3, signed_at=now(), note="nonsense")
    assert latest_published(LOG) is None
    with pytest.raises(DamagedCheckpointError):
        publish_now()


class Dripping(BaseRequestHandler):
    """Answers a byte at a time, for as long as anybody listens."""

    server: DrippingServer

    def handle(self) -> None:
        """Answer."""
        self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
        while not self.server.ended.wait(0.02):
            self.request.sendall(b"x")


class DrippingServer(TCPServer):
    """A server of such answers."""

    ended = threading.Event()


def test_who_answers_a_byte_at_a_time_is_hung_up_on() -> None:
    with DrippingServer(("127.0.0.1", 0), Dripping) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        with pytest.raises(NoAnswerError):
            ask(f"http://127.0.0.1:{server.server_address[1]}", "GET", "/", seconds=0.2)
        server.ended.set()
        thread.join()
