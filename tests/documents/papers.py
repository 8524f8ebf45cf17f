"""Documents as people make them, made here: small, real, and some of them bad."""

from __future__ import annotations

import io
import socketserver
import struct
import threading
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def pdf(words: bytes = b"Advies") -> bytes:
    """Return a PDF of one page."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d>>stream\n%% %s\nendstream" % (len(words) + 2, words),
    ]
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(made)
    made += b"xref\n0 5\n0000000000 65535 f \n" + table
    return made + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start


def docx(**more: bytes) -> bytes:
    """Return a Word document; more members by name."""
    types = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return packed({"[Content_Types].xml": types, "word/document.xml": b"<w:document/>", **more})


def odt(**more: bytes) -> bytes:
    """Return an OpenDocument text; more members by name."""
    members = {"mimetype": ODT_TYPE.encode(), "content.xml": b"<office:document-content/>"}
    return packed({**members, "META-INF/manifest.xml": b"<manifest:manifest/>", **more})


def packed(members: dict[str, bytes]) -> bytes:
    """Return a zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


class Clamd(socketserver.ThreadingUnixStreamServer):
    """Speaks clamd's INSTREAM; finds EICAR; says ``answer`` instead when it is given one."""

    daemon_threads = True
    answer: bytes | None = None


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        """Read what is streamed, and answer."""
        assert self.rfile.read(10) == b"zINSTREAM\0"
        streamed = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            streamed += self.rfile.read(size)
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in streamed else b"stream: OK\0"
        assert isinstance(self.server, Clamd)
        self.wfile.write(found if self.server.answer is None else self.server.answer)


@contextmanager
def clamd(folder: Path, *, answer: bytes | None = None) -> Iterator[str]:
    """Run a scanner, and yield its address."""
    path = folder / "clamd.ctl"
    with Clamd(str(path), _Session) as server:
        server.answer = answer
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"unix:{path}"
        server.shutdown()
        thread.join()
