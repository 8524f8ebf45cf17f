"""A timestamp authority (RFC 3161 over HTTP) for demo and tests; its arguments are a folder and a port.

`openssl ts` reads the requests and makes the tokens. It trusts this machine's clock and knows no policy: never
production.
"""

from __future__ import annotations

import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from kbi_audit.demo.authority_files import CONFIGURATION, OpensslError, make_authority, openssl
from kbi_audit.embedded.home import LOOPBACK

NAME = "KBI Audit demonstration timestamps"
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
LARGEST = 4096


def reply(folder: Path, query: bytes) -> bytes:
    """Return the response (DER) of the authority in this folder to a request (DER)."""
    made = ("-config", CONFIGURATION, "-section", "timestamps")
    return openssl(folder, "ts", "-reply", *made, "-queryfile", "/dev/stdin", given=query)


class Authority(HTTPServer):
    """One request at a time, since openssl counts its tokens in a file."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        """Listen on the loopback; port 0 is a free one."""
        super().__init__((LOOPBACK, port), Answer)
        self.folder = folder

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{LOOPBACK}:{self.server_port}/"


class Answer(BaseHTTPRequestHandler):
    """The answer to one request."""

    server: Authority
    timeout = 5

    def do_GET(self) -> None:
        """Say that the authority is there."""
        self._send(HTTPStatus.OK, "text/plain", b"An authority for timestamps: POST a request.\n")

    def do_POST(self) -> None:
        """Stamp, or refuse what is no request."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LARGEST or self.headers.get_content_type() != QUERY:
            self._send(HTTPStatus.BAD_REQUEST, "text/plain", b"Not a timestamp request.\n")
            return
        try:
            self._send(HTTPStatus.OK, REPLY, reply(self.server.folder, self.rfile.read(int(length))))
        except OpensslError as error:
            self.log_error("openssl: %s", error)
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain", b"openssl failed.\n")

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    """Serve until somebody stops it."""
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    make_authority(folder, name=NAME)
    with Authority(folder, port) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
