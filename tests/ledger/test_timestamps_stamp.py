"""Checkpoints are timestamped by an authority outside; one that fails, or lies, leaves no trace and is asked again."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from compliance.kernel.clock import now
from compliance.ledger.checkpoint import Checkpoint as Signed
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.models import Checkpoint, Timestamp
from compliance.ledger.notes import sign_line
from compliance.ledger.timestamps import ask as asking
from compliance.ledger.timestamps import stamp as stamping
from compliance.ledger.timestamps.stamp import stamp
from compliance.ledger.timestamps.trusted import trusted_certificates
from compliance.ledger.timestamps.verify_token import verify_token
from kbi_audit.demo.authority_files import make_authority
from kbi_audit.demo.timestamp_authority import Authority, reply
from kbi_audit.embedded.home import LOOPBACK, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.django_db

LOG = LogNumber.EXCHANGES
TOKEN = "application/timestamp-reply"


@contextmanager
def serving(server: HTTPServer) -> Iterator[str]:
    """Serve from a thread, and yield the address."""
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://{LOOPBACK}:{server.server_port}/tsr"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an authority."""
    made = tmp_path_factory.mktemp("authority")
    make_authority(made, name="Authority")
    return made


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reach this machine directly, whatever its environment says of proxies."""
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def authority(folder: Path, settings: Any) -> Iterator[Path]:
    """Run the authority, which the settings name and believe."""
    settings.TIMESTAMP_AUTHORITY_FILE = folder / "root.pem"
    with serving(Authority(folder)) as settings.TIMESTAMP_URL:
        yield folder


def checkpoint(size: int) -> str:
    """Keep a signed checkpoint, and return the text that is signed."""
    text = Signed(origin_of(LOG), size, sha256(b"%d" % size).digest()).text()
    line = sign_line(text, name=origin_of(LOG), seed=bytes(32))
    Checkpoint.objects.create(log=LOG, size=size, signed_at=now(), note=f"{text}\n{line}")
    return text


def stamped_sizes() -> list[int]:
    return list(Timestamp.objects.filter(log=LOG).order_by("size").values_list("size", flat=True))


def test_the_newest_checkpoint_is_stamped_over_its_signed_text(authority: Path) -> None:
    checkpoint(3)
    text = checkpoint(7)
    stamped = stamp(log=LOG)
    assert stamped is not None
    assert (stamped.size, stamped.authority) == (7, "CN=Authority")
    kept = Timestamp.objects.get(log=LOG)
    digest, roots = sha256(text.encode()).digest(), trusted_certificates(authority / "root.pem")
    assert verify_token(token=bytes(kept.token), digest=digest, roots=roots) == kept.stamped_at == stamped.stamped_at


def test_a_log_is_stamped_once_in_the_seconds_that_the_settings_say(authority: Path, settings: Any) -> None:
    checkpoint(3)
    assert stamp(log=LOG)
    checkpoint(4)
    assert stamp(log=LOG) is None
    settings.TIMESTAMP_SECONDS = 0
    assert stamp(log=LOG)
    assert stamp(log=LOG) is None  # nothing new
    assert stamped_sizes() == [3, 4]


def test_without_a_checkpoint_or_an_authority_nothing_is_stamped(authority: Path, settings: Any) -> None:
    assert stamp(log=LOG) is None
    checkpoint(3)
    assert stamp(log=LogNumber.OVERSIGHT) is None
    settings.TIMESTAMP_URL = None
    assert stamp(log=LOG) is None
    assert stamped_sizes() == []


class Canned(BaseHTTPRequestHandler):
    """Answers every request with the same, after taking its time."""

    status, kind, body = 200, TOKEN, b""
    silent = dripping = False
    freed = threading.Event()

    def do_POST(self) -> None:
        """Answer."""
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.silent:
            self.freed.wait(30)
            return
        self.send_response(self.status)
        self.send_header("Content-Type", self.kind)
        self.end_headers()
        self.wfile.write(self.body)
        while self.dripping and not self.freed.wait(0.02):
            self.wfile.write(b"\0")

    def log_message(self, *_args: object) -> None:
        """Keep the tests' output clean."""


def earlier(folder: Path) -> bytes:
    """Return a good answer to somebody else's request about the same checkpoint."""
    text = Signed(origin_of(LOG), 3, sha256(b"3").digest()).text().encode()
    asked = TimestampRequestBuilder(data=text, hash_algorithm=HashAlgorithm.SHA256).build()
    return reply(folder, asked.as_bytes())


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 503},
        {"status": 302},
        {"kind": "text/html", "body": b"<html>"},
        {"body": b""},
        {"body": b"\x30\x80garbage"},
        {"body": b"0" * (asking.LARGEST + 1)},
        {"body": bytes.fromhex("30053003020102")},  # refused, in DER
        {"body": earlier},
        {"silent": True},
        {"dripping": True},
    ],
    ids=["503", "moved", "a page", "nothing", "garbage", "huge", "refused", "of another request", "silent", "dripping"],
)
def test_an_authority_that_fails_or_lies_is_asked_again_the_next_time(
    answer: dict[str, object], authority: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoint(3)
    good = settings.TIMESTAMP_URL
    answer = {name: value(authority) if callable(value) else value for name, value in answer.items()}
    freed = threading.Event()
    handler = type("Answer", (Canned,), {**answer, "freed": freed})
    with serving(HTTPServer((LOOPBACK, 0), handler)) as settings.TIMESTAMP_URL, monkeypatch.context() as patch:
        patch.setattr(asking, "SOCKET_SECONDS", 0.2)
        patch.setattr(asking, "WHOLE_SECONDS", 0.4)
        assert stamp(log=LOG) is None
        freed.set()
    assert stamped_sizes() == []
    settings.TIMESTAMP_URL = good
    assert stamp(log=LOG)


def test_an_authority_that_is_down_is_asked_again_the_next_time(authority: Path, settings: Any) -> None:
    checkpoint(3)
    good, settings.TIMESTAMP_URL = settings.TIMESTAMP_URL, f"http://{LOOPBACK}:{free_port()}"
    assert stamp(log=LOG) is None
    settings.TIMESTAMP_URL = good
    assert stamp(log=LOG)


def test_an_authority_that_is_not_believed_stamps_nothing(authority: Path, settings: Any, tmp_path: Path) -> None:
    make_authority(tmp_path, name="Authority")
    checkpoint(3)
    settings.TIMESTAMP_AUTHORITY_FILE = tmp_path / "root.pem"
    assert stamp(log=LOG) is None
    settings.TIMESTAMP_AUTHORITY_FILE = tmp_path / "nowhere.pem"
    assert stamp(log=LOG) is None
    settings.TIMESTAMP_AUTHORITY_FILE = None
    assert stamp(log=LOG) is None
    assert stamped_sizes() == []


def test_an_authority_whose_clock_is_not_ours_stamps_nothing(authority: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkpoint(3)
    with monkeypatch.context() as patch:
        patch.setattr(stamping, "now", lambda: now() + timedelta(minutes=6))
        assert stamp(log=LOG) is None
    assert stamp(log=LOG)
