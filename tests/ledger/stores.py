"""Tile stores for tests: a folder, a bucket of a real S3 server, and one that fails as it is told."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from compliance.ledger.tile_store.store import TileStoreUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from compliance.ledger.tile_store.store import Listing, Store

BUCKET = "tiles"
KEYS = {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": "only-tests", "AWS_REGION": "us-east-1"}


class Fate(Enum):
    """What happens to one call of a store."""

    DONE = "done"
    FAILED = "failed"
    FAILED_HALFWAY = "failed, half of the files there"
    FAILED_BUT_PERSISTED = "failed, but persisted"


@contextmanager
def s3_server(fates: list[Fate] | None = None) -> Iterator[dict[str, str]]:
    """Run an S3 server with a bucket; yield the environment by which a client finds it.

    ``fates`` is what each PUT of an object meets, until they are used up.
    """
    import boto3  # type: ignore[import-untyped]  # noqa: PLC0415 - half a second, for the tests that need it
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: PLC0415
    from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: PLC0415

    class Quiet(WSGIRequestHandler):
        def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the server's signature
            pass

    moto = DomainDispatcherApplication(create_backend_app)

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        is_object = environ["REQUEST_METHOD"] == "PUT" and environ["PATH_INFO"].count("/") > 1
        fate = fates.pop(0) if fates and is_object else Fate.DONE
        if fate is Fate.FAILED_BUT_PERSISTED:
            list(moto(environ, lambda *_: None))
        if fate is not Fate.DONE:
            start_response("500 Internal Server Error", [("Content-Length", "0")])
            return []
        answered: Iterable[bytes] = moto(environ, start_response)
        return answered

    server = make_server("127.0.0.1", 0, answer, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_port}"
        client = boto3.client(
            "s3",
            endpoint_url=address,
            region_name=KEYS["AWS_REGION"],
            aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        )
        client.create_bucket(Bucket=BUCKET)
        client.close()
        yield {**KEYS, "AWS_ENDPOINT_URL": address, "AWS_ALLOW_HTTP": "true"}
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class FailingStore:
    """A store of which each call that writes meets its fate; when these are used up, all goes well."""

    store: Store
    fates: list[Fate]
    calls: list[str] = field(default_factory=list)

    def add(self, files: Mapping[str, bytes], *, stage: str) -> None:
        """Add all files, half of them, or none."""
        fate = self._fate("add")
        if fate is Fate.FAILED_HALFWAY:
            self.store.add(dict(list(files.items())[::2]), stage=stage)
        elif fate is not Fate.FAILED:
            self.store.add(files, stage=stage)
        self._fail(fate)

    def replace(self, path: str, content: bytes) -> None:
        """Replace a file or not."""
        fate = self._fate("replace")
        if fate in {Fate.DONE, Fate.FAILED_BUT_PERSISTED}:
            self.store.replace(path, content)
        self._fail(fate)

    def remove(self, path: str) -> None:
        """Remove a file or not."""
        fate = self._fate("remove")
        if fate in {Fate.DONE, Fate.FAILED_BUT_PERSISTED}:
            self.store.remove(path)
        self._fail(fate)

    def read(self, path: str) -> bytes | None:
        """Read as the store does."""
        return self.store.read(path)

    def has(self, path: str) -> bool:
        """Look as the store does."""
        return self.store.has(path)

    def listing(self, folder: str) -> Listing:
        """List as the store does."""
        return self.store.listing(folder)

    def _fate(self, call: str) -> Fate:
        self.calls.append(call)
        return self.fates.pop(0) if self.fates else Fate.DONE

    @staticmethod
    def _fail(fate: Fate) -> None:
        if fate is not Fate.DONE:
            raise TileStoreUnavailableError
