"""Wait until a server that we started answers."""

from __future__ import annotations

import time
from contextlib import closing, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

from kbi_audit.embedded.home import LOOPBACK, listens

if TYPE_CHECKING:
    import subprocess


def answers_in_time(*, port: int, path: str, child: subprocess.Popen[bytes], seconds: float = 60.0) -> bool:
    """Return whether `path` answers 200 before the time is over and while the child lives."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and child.poll() is None:
        with suppress(OSError, HTTPException), closing(HTTPConnection(LOOPBACK, port, timeout=5)) as connection:
            connection.request("GET", path)
            with connection.getresponse() as response:
                if response.status == HTTPStatus.OK:
                    return True
        time.sleep(0.05)
    return False


def listens_in_time(*, port: int, child: subprocess.Popen[bytes], seconds: float = 60.0) -> bool:
    """Return whether somebody listens on the port before the time is over and while the child lives."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and child.poll() is None:
        if listens(port):
            return True
        time.sleep(0.05)
    return False
