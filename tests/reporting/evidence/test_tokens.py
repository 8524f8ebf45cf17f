"""Promises of bundles whose checkpoints an authority stamped: the reader says which authority is believed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from compliance.ledger.logs import LogNumber
from compliance.ledger.timestamps.stamp import stamp
from kbi_audit.demo.authority_files import make_authority
from kbi_audit.demo.timestamp_authority import Authority
from kbi_audit.embedded.home import LOOPBACK
from tests.reporting.evidence.make_bundle import Made, make_bundle, publish_now, record_some
from tests.reporting.evidence.rewriting import files_of, flipped, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.reporting.evidence.conftest import Verified

    Verify = Callable[..., Verified]


@pytest.fixture
def stamped(published: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Made:
    """Have a checkpoint stamped by an authority of this test, one more published, and a bundle made."""
    monkeypatch.setenv("no_proxy", "*")
    folder = published / "authority"
    folder.mkdir()
    make_authority(folder, name="Authority")
    settings.TIMESTAMP_AUTHORITY_FILE = folder / "root.pem"
    with Authority(folder) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            settings.TIMESTAMP_URL = f"http://{LOOPBACK}:{server.server_port}/tsr"
            stamp(log=LogNumber.EXCHANGES)
        finally:
            server.shutdown()
            thread.join()
    record_some(5)
    publish_now()
    return make_bundle(published)


def test_a_token_is_proven_by_the_authority_that_the_reader_names(
    stamped: Made, published: Path, verify: Verify
) -> None:
    root = published / "authority" / "root.pem"

    found = verify(stamped.bundle, "--policy", stamped.policy, "--authorities", root)
    assert (found.status, found.results["timestamps"]) == (0, "passed"), found.told
    assert verify(stamped.bundle, "--policy", stamped.policy).results["timestamps"] == "unproven"


def test_a_token_of_another_authority_or_over_another_checkpoint_is_caught(
    stamped: Made, published: Path, verify: Verify
) -> None:
    other = published / "other"
    other.mkdir()
    make_authority(other, name="Another")
    files = files_of(stamped.bundle)
    name = next(name for name in files if name.endswith(".tst"))
    files[name] = flipped(files[name], len(files[name]) - 10)
    forged = write(files, published / "forged.zip")
    root = published / "authority" / "root.pem"

    believed = verify(stamped.bundle, "--policy", stamped.policy, "--authorities", other / "root.pem")
    assert believed.failed == {"timestamps"}
    assert verify(forged, "--policy", stamped.policy, "--authorities", root).failed == {"timestamps"}
