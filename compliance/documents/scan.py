"""Ask ClamAV whether bytes hold a virus, by its INSTREAM command (clamd(8)). What cannot be asked is not kept."""

from __future__ import annotations

import socket
import struct
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.utils.translation import gettext as _

from compliance.documents.refused import refused
from compliance.documents.vocabulary import ScanState
from compliance.kernel.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 60.0
CHUNK = 64 * 1024
LONGEST_ANSWER = 4_096
RETRY_AFTER = 60

log_event = structlog.get_logger(__name__)


def scan(content: bytes) -> ScanState:
    """Return that it is clean, or that no scanner is set up.

    Raises :class:`DocumentRefusedError` for a virus, and :class:`UnavailableError` when the scanner that is set up
    gives no answer that it understands.
    """
    address = settings.CLAMAV_SOCKET
    if not address:
        return ScanState.NOT_SCANNED
    try:
        answer = _ask(address, content)
    except OSError as error:
        log_event.warning("virus_scanner_unreachable", error=type(error).__name__)
        raise _no_answer() from error
    if answer.endswith("FOUND"):
        log_event.warning("virus_found")
        raise refused(_("A virus was found in the document. It was not kept."), "infected")
    if answer != "stream: OK":
        log_event.warning("virus_scanner_refused")
        raise _no_answer()
    return ScanState.CLEAN


def _no_answer() -> UnavailableError:
    told = _("The scanner for viruses does not answer. Nothing was kept; try again in some minutes.")
    return UnavailableError(told, retry_after=RETRY_AFTER)


def _ask(address: str, content: bytes) -> str:
    with _connect(address) as connection:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            part = content[start : start + CHUNK]
            connection.sendall(struct.pack("!I", len(part)) + part)
        connection.sendall(struct.pack("!I", 0))
        return b"".join(_answer(connection)).rstrip(b"\0\n").decode(errors="replace")


def _connect(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout=PATIENCE)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(PATIENCE)
    try:
        connection.connect(parts.path)
    except OSError:
        connection.close()
        raise
    return connection


def _answer(connection: socket.socket) -> Iterator[bytes]:
    left = LONGEST_ANSWER
    while left > 0 and (part := connection.recv(left)):
        left -= len(part)
        yield part
        if part.endswith(b"\0"):
            return
