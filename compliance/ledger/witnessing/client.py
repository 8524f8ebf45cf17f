"""Ask a signer or a witness over HTTP. Pure."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from compliance.ledger.witnessing.answer import Answer

SECONDS = 5.0
_LARGEST_ANSWER = 1024 * 1024


class NoAnswerError(Exception):
    """Nobody answered, or not in time, or not in HTTP. Whether the request was granted is not known."""


def ask(url: str, method: str, path: str, body: bytes = b"", *, seconds: float = SECONDS) -> Answer:
    """Return the answer to a request at ``url`` (a prefix) followed by ``path``. Raises :class:`NoAnswerError`.

    ``seconds`` is for the whole of it: who answers a byte at a time does not keep anybody waiting longer.
    """
    address = urlsplit(url)
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    connection = kind(address.hostname or "", address.port, timeout=seconds)
    try:
        connection.connect()
        late = threading.Event()
        alarm = threading.Timer(seconds, _hang_up, [connection.sock, late])
        alarm.daemon = True
        alarm.start()
        try:
            connection.request(method, address.path.rstrip("/") + path, body)
            response = connection.getresponse()
            text = response.read(_LARGEST_ANSWER).decode()
        finally:
            alarm.cancel()
        if late.is_set() or response.length:
            message = f"{address.hostname} did not come to the end of its answer."
            raise NoAnswerError(message)
        return Answer(response.status, text, response.headers.get("Content-Type", ""))
    except (OSError, HTTPException, UnicodeDecodeError) as error:
        message = (
            f"{address.hostname}:{address.port or address.scheme} gave no answer ({type(error).__name__}: {error})."
        )
        raise NoAnswerError(message) from error
    finally:
        connection.close()


def _hang_up(connected: socket.socket, late: threading.Event) -> None:
    late.set()
    with suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)
