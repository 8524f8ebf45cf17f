"""Bundles that the tests of a file share, made once, and the verifier as its reader runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from compliance.access import find_credential
from compliance.authorisations import snapshot
from compliance.registry import working_days
from compliance.reporting.evidence.make_verifier import verifier_program
from compliance.reporting.evidence.verifier.selection import Filter
from tests.exchanges.world import make_world
from tests.reporting.evidence.make_bundle import Made, make_bundle, published_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_django.plugin import DjangoDbBlocker

    from tests.clones import Clone

FAILED_ONLY = Filter(equal=(("outcome", ("failed",)),))


@dataclass(frozen=True)
class Verified:
    """What the verifier said of a file."""

    status: int
    told: dict[str, Any]

    @property
    def results(self) -> dict[str, str]:
        """The result of each check by name."""
        return {check["name"]: check["result"] for check in self.told["checks"]}

    @property
    def failed(self) -> set[str]:
        """The checks that failed."""
        return {name for name, result in self.results.items() if result == "failed"}


@pytest.fixture(scope="session")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return verify.py."""
    file = tmp_path_factory.mktemp("verifier") / "verify.py"
    file.write_text(verifier_program(), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def verify(verifier: Path) -> Callable[..., Verified]:
    """Return what runs verify.py with Python alone: no packages, no site, no environment."""

    def run(file: Path, *options: str | Path) -> Verified:
        command = [sys.executable, "-I", "-S", verifier, file, "--json", *options]
        ended = subprocess.run(command, capture_output=True, check=False)
        assert not ended.stderr, ended.stderr.decode()
        return Verified(ended.returncode, json.loads(ended.stdout))

    return run


@dataclass(frozen=True)
class Bundles:
    """Bundles of one published log: all of it, a part of it, the failed attempts alone, and a partner's own."""

    everything: Made
    failed: Made
    hits: Made
    partner: Made


@pytest.fixture(scope="module")
def bundles(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    clone: Clone,
    tmp_path_factory: pytest.TempPathFactory,
) -> Bundles:
    """Make the bundles of this file's tests, and leave a fresh database behind."""
    folder = tmp_path_factory.mktemp("bundles")
    with django_db_blocker.unblock(), _nothing_remembered():
        make_world()
        with contextmanager(published_world)(folder):
            made = Bundles(
                everything=make_bundle(folder, "everything.zip"),
                failed=make_bundle(folder, "failed.zip", filter=FAILED_ONLY),
                hits=make_bundle(
                    folder, "hits.zip", filter=FAILED_ONLY, mode="hits", disclose=True, reason="Control of May 2016"
                ),
                partner=make_bundle(folder, "partner.zip", recipient="VDAB", language="nl"),
            )
        clone.make()
    return made


@pytest.fixture
def published(committed: None, tmp_path: Path) -> Iterator[Path]:
    """Have a log sealed and confirmed; return a folder with its policy."""
    for _ in published_world(tmp_path):
        yield tmp_path


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """Keep the small register, committed, and put the policy's setting back."""
    before = settings.WITNESS_POLICY_FILE
    make_world()
    yield
    settings.WITNESS_POLICY_FILE = before


@contextmanager
def _nothing_remembered() -> Iterator[None]:
    """Forget what the process remembers by revision, before and after: a fresh clone counts revisions again."""

    def forget() -> None:
        find_credential.credential_at.cache_clear()
        find_credential.credential_numbered.cache_clear()
        working_days.closing_days_at.cache_clear()
        snapshot._latest = None  # noqa: SLF001 - as the fixture of every test does

    forget()
    try:
        yield
    finally:
        forget()
