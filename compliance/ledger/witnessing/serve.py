"""HTTP for signers and witnesses, with the standard library alone. Pure.

For a place behind a proxy that speaks HTTPS, or for a network of the service's own.
"""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from socket import AF_INET6
from socketserver import TCPServer, ThreadingMixIn
from typing import Any, NoReturn

from compliance.ledger.witnessing.answer import FAILED, Answer, RefusalError
from compliance.ledger.witnessing.memory import UnusableMemoryError

LARGEST_BODY = 256 * 1024
_LENGTH_REQUIRED = 411
_TOO_LARGE = 413
_SERVER_LOG = logging.getLogger("kbi_audit.server")

Application = Callable[[str, str, bytes], Answer]
"""Answer a method, a path with its query, and a body; or raise :class:`RefusalError`."""


class Server(ThreadingMixIn, TCPServer):
    """A server of one application."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, host: str, port: int, application: Application) -> None:
        """Listen; port 0 takes a free one."""
        if ":" in host:
            self.address_family = AF_INET6
        self.application = application
        super().__init__((host, port), _Handler)

    @property
    def url(self) -> str:
        """Return the address that it listens on."""
        host, port = self.server_address[:2]
        return f"http://[{host!s}]:{port}" if self.address_family == AF_INET6 else f"http://{host!s}:{port}"


class _Handler(BaseHTTPRequestHandler):
    """One connection, which may carry several requests."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "kbi-audit"
    sys_version = ""
    timeout = 30
    # Headers and body go in two writes: the second must not wait until the first is confirmed.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer a GET."""
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # a body that nobody reads would be taken for the next request
        self._answer(b"")

    def do_POST(self) -> None:
        """Answer a POST."""
        length = "" if "Transfer-Encoding" in self.headers else self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdecimal()):
            self._refuse(_LENGTH_REQUIRED, "Say how long the body is.")
        elif len(length) > len(str(LARGEST_BODY)) or int(length) > LARGEST_BODY:
            self._refuse(_TOO_LARGE, f"A body has {LARGEST_BODY} bytes at the most.")
        else:
            self._answer(self.rfile.read(int(length)))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that the standard library gives it
        """Keep the standard library's lines for those who look for faults."""
        _SERVER_LOG.debug(format, *args)

    def _answer(self, body: bytes) -> None:
        try:
            answer = self.server.application(self.command, self.path, body)
        except RefusalError as refusal:
            answer = refusal.answer
        except (OSError, UnusableMemoryError):
            # It may be remembered or not, but nothing was answered: asking again is right in both cases.
            _SERVER_LOG.exception("request_failed")
            answer = Answer(FAILED, "The head could not be signed now. Ask again.\n")
        self._send(answer)

    def _refuse(self, status: int, sentence: str) -> None:
        # What follows on this connection is the body that was not read.
        self.close_connection = True
        self._send(Answer(status, f"{sentence}\n"))

    def _send(self, answer: Answer) -> None:
        content = answer.text.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-Content-Type-Options", "nosniff")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)


def serve(application: Application, *, host: str, port: int) -> NoReturn:
    """Answer until the process is told to stop. Nothing is lost by stopping: what was answered is remembered."""
    signal.signal(signal.SIGTERM, _stop)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    with Server(host, port, application) as server:
        sys.stdout.write(f"Listening on {server.url}\n")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            sys.exit(0)
    sys.exit(0)


def _stop(_signal: int, _frame: object) -> NoReturn:
    sys.exit(0)
