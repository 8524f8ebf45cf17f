"""The proof of the ledger in the browser: seen without fault, read without script, printed, its root copied."""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import expect

from compliance.ledger.logs import LogNumber
from compliance.ledger.positions import identifiers
from kbi_audit.embedded import children
from kbi_audit.embedded.home import PROJECT, free_port
from kbi_audit.embedded.waiting import answers_in_time
from tests.console.exchanges import recorded, recorded_many
from tests.console.proofs import LOG, WITNESSES, seal, sign, stamp, write_policy
from tests.screens.looking import complaints_of, faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from uuid import UUID

    from compliance.access.models import Account
    from tests.browser import NewPage

pytestmark = pytest.mark.browser

HEX = re.compile("[0-9a-f]{64}")


class Proven(NamedTuple):
    """A server whose policy names two witnesses, and a record with each kind of proof."""

    address: str
    cast: Mapping[str, Account]
    confirmed: UUID
    sealed: UUID
    waiting: UUID


@pytest.fixture
def proven(transactional_db: None, cast: Mapping[str, Account], tmp_path: Path) -> Iterator[Proven]:
    """Seal and confirm three hundred records; one more is sealed only, and one not even that."""
    recorded_many(300)
    seal()
    sign(*WITNESSES)
    stamp()
    [confirmed] = identifiers(log=LOG, first=41, end=42)
    sealed = recorded(message_reference="sealed")
    seal()
    seal(LogNumber.OVERSIGHT)
    waiting = recorded(message_reference="waiting")
    with _serving(WITNESS_POLICY_FILE=str(write_policy(tmp_path)), SIGNER_URL="http://127.0.0.1:9") as address:
        yield Proven(address, cast, confirmed, sealed, waiting)


@contextmanager
def _serving(**changes: str) -> Iterator[str]:
    """Serve on this worker's database, with these settings."""
    port = free_port()
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "kbi_audit.settings.testing", **changes}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    server = children.start(
        [*command, "--workers", "1", "kbi_audit.wsgi:application"],
        log=PROJECT / ".pytest_cache" / "proof.log",
        environ=environ,
        cwd=PROJECT,
    )
    try:
        assert answers_in_time(port=port, path="/health/live", child=server)
        yield f"http://127.0.0.1:{port}"
    finally:
        children.stop(server)


def test_a_proof_has_no_fault_and_is_read_without_script(new_page: NewPage, proven: Proven) -> None:
    page = new_page(account=proven.cast["officer"], base_url=proven.address)
    complaints = complaints_of(page)
    faults: list[str] = []
    records = (proven.confirmed, proven.sealed, proven.waiting)
    for address in ("/proof/", *(f"/exchanges/{record}/proof/" for record in records)):
        page.goto(address)
        faults += [f"{address}: {fault}" for fault in (*faults_of(page), *complaints)]
    page = new_page(account=proven.cast["vdab-dpo"], base_url=proven.address, locale="fr-BE")
    for address in ("/portal/proof/", f"/portal/exchanges/{proven.confirmed}/proof/"):
        page.goto(address)
        faults += [f"{address}: {fault}" for fault in faults_of(page, colours=("light",))]
    assert not faults, "\n".join(faults)

    plain = new_page(account=proven.cast["auditor"], base_url=proven.address, java_script_enabled=False)
    plain.goto(f"/exchanges/{proven.confirmed}/proof/")
    expect(plain.get_by_text("op plaats 42 van het grootboek")).to_be_visible()
    expect(plain.get_by_role("img", name="naar de wortel over 300 registraties")).to_be_visible()
    expect(plain.get_by_role("table").get_by_role("row")).to_have_count(11)
    plain.get_by_role("link", name="Wie hem bevestigde").click()
    expect(plain.get_by_text(re.compile("Aantoonbaar tot .*, bevestigd door 2 van 2 getuigen"))).to_be_visible()
    expect(plain.get_by_role("button", name="Kopieer")).to_have_count(0)


def test_a_root_is_copied_whole_and_all_is_printed(new_page: NewPage, proven: Proven) -> None:
    page = new_page(account=proven.cast["officer"], base_url=proven.address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/exchanges/{proven.confirmed}/proof/")
    page.get_by_role("button", name="Kopieer").click()
    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert HEX.fullmatch(copied)
    assert copied == re.sub(r"\s", "", page.locator(".proof-root__digits").inner_text())
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".proof-drawing")).to_be_visible()
    expect(page.get_by_role("button", name="Gekopieerd")).to_be_hidden()
