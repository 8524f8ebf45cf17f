"""Wait until a server that we started answers."""

from __future__ import annotations

import time
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

from kbi_audit.embedded.home import LOOPBACK

if TYPE_CHECKING:
    import subprocess


def answers_in_time(*, port: int, path: str, child: subprocess.Popen[bytes], seconds: float = 60.0) -> bool:
    """Return whether `path` answers 200 before the time is over and while the child lives."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and child.poll() is None:
        connection = HTTPConnection(LOOPBACK, port, timeout=5)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == HTTPStatus.OK:
                return True
        except (OSError, HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.05)
    return False
