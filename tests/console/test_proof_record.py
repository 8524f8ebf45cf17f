"""The proof of one record: where it stands, how its root is reached, and what is said when it is not."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance.ledger.models import Entry
from compliance.ledger.positions import identifiers
from compliance.ledger.proofs import leaf_hash, root_from_inclusion
from compliance.ledger.stored_tiles import tree_of
from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind
from compliance.reporting.evidence.verifier.proof_file import read_proof
from tests.console.exchanges import DOSSIER, INSZ, USER, VMSW, recorded, recorded_many
from tests.console.proofs import LOG, WITNESSES, seal, sign, stamp, write_policy
from tests.console.reading import addresses_in, table_of, words_of

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    import psycopg
    from django.test import Client

    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db(transaction=True)

MOST_FOR_A_TREE = 16  # what is not full is read at the edge, once a level
_DRAWING = re.compile(r'<svg[^>]*class="proof-drawing".*?</svg>', re.DOTALL)
MATCHES = "they lead to the root in the checkpoint"
DIFFERS = "they lead to another root"


@pytest.fixture
def officer(client_of: ClientOf, settings: Any, tmp_path: Path) -> Client:
    """Return the officer's browser, where two witnesses must confirm."""
    settings.WITNESS_POLICY_FILE = write_policy(tmp_path)
    return client_of("officer")


@pytest.fixture
def records() -> list[UUID]:
    """Return seven records, sealed and confirmed, in the order of the log."""
    recorded_many(7)
    seal()
    sign(*WITNESSES)
    return identifiers(log=LOG, first=0, end=7)


def test_a_sealed_record_has_a_place_and_leads_to_the_signed_root(officer: Client, records: list[UUID]) -> None:
    stamp()
    page = officer.get(f"/exchanges/{records[4]}/proof/")
    words = words_of(page)
    assert "This record has place 5 in the ledger" in words
    assert MATCHES in words
    assert re.search(r"Since \d\d:\d\d:\d\d it is confirmed by 2 of 2 witnesses; an outside time stamp says", words)
    assert "/proof/" in addresses_in(page)


def test_the_table_and_the_drawing_show_the_same_way_and_it_is_the_one_of_the_standard(
    officer: Client, records: list[UUID]
) -> None:
    page = officer.get(f"/exchanges/{records[4]}/proof/").content.decode()
    tree = tree_of(LOG)
    path = tree.inclusion(4)
    rows = re.findall(r'<span class="code">(\w{8})</span>.*?<td class="code">(\w{8})</td>', page, re.DOTALL)
    assert [neighbour for neighbour, _joined in rows] == [node.hex()[:8] for node in path]
    assert rows[-1][1] == tree.root().hex()[:8]
    drawing = ET.fromstring(_DRAWING.findall(page)[0])  # noqa: S314 - our own page
    drawn = [element.text for element in drawing.iter() if "proof-text--hash" in element.get("class", "")]
    leaf = Entry.objects.get(log=LOG, id=records[4]).leaf
    assert set(drawn) == {leaf_hash(bytes(leaf)).hex()[:8], *(hashed for row in rows for hashed in row)}
    ids = {element.get("id") for element in drawing.iter()}
    assert set(drawing.get("aria-labelledby", "").split()) <= ids
    assert root_from_inclusion(leaf=leaf_hash(bytes(leaf)), index=4, size=7, path=path) == tree.root()


def test_a_record_that_somebody_changed_does_not_match(
    officer: Client, records: list[UUID], superuser_connection: psycopg.Connection
) -> None:
    superuser_connection.execute("SET session_replication_role = replica")
    changed = superuser_connection.execute(
        "UPDATE ledger_entry SET leaf = convert_to(replace(convert_from(leaf, 'UTF8'), 'VDAB-160312', 'VDAB-160313'), "
        "'UTF8') WHERE log = %s AND id = %s",
        [LOG, records[2]],
    )
    superuser_connection.commit()
    assert changed.rowcount == 1
    words = words_of(officer.get(f"/exchanges/{records[2]}/proof/"))
    assert DIFFERS in words
    assert "what is stored now is not what was sealed there" in words
    assert "confirmed by" not in words
    assert MATCHES in words_of(officer.get(f"/exchanges/{records[3]}/proof/"))


def test_a_tree_that_lost_its_hashes_proves_nothing(officer: Client, superuser_connection: psycopg.Connection) -> None:
    recorded_many(257)
    seal()
    sign(*WITNESSES)
    superuser_connection.execute("SET session_replication_role = replica")
    superuser_connection.execute("DELETE FROM ledger_tile")
    superuser_connection.commit()
    [first] = identifiers(log=LOG, first=0, end=1)
    assert "The hashes on the way to the root are gone" in words_of(officer.get(f"/exchanges/{first}/proof/"))


def test_a_record_alone_in_the_log_is_its_own_root(officer: Client) -> None:
    alone = recorded()
    seal()
    sign(*WITNESSES)
    words = words_of(officer.get(f"/exchanges/{alone}/proof/"))
    assert "This record has place 1 in the ledger" in words
    assert MATCHES in words


def test_a_record_that_is_not_sealed_waits_until_the_receipts_promise_is_broken(officer: Client, settings: Any) -> None:
    waiting = recorded()
    words = words_of(officer.get(f"/exchanges/{waiting}/proof/"))
    assert "has no place in the ledger yet" in words
    assert "as its receipt promises" in words
    settings.MAX_MERGE_DELAY_SECONDS = 0
    assert "It should have had its place before" in words_of(officer.get(f"/exchanges/{waiting}/proof/"))


def test_a_record_that_is_sealed_and_not_signed_promises_no_more(officer: Client, records: list[UUID]) -> None:
    newer = recorded(message_reference="newer")
    seal()
    words = words_of(officer.get(f"/exchanges/{newer}/proof/"))
    assert "stands in no signed checkpoint yet" in words
    assert "they lead to the root that was sealed" in words
    sign("city-archive")
    assert "confirmed by 2 of 2" not in words_of(officer.get(f"/exchanges/{newer}/proof/"))
    assert "confirmed by 2 of 2" in words_of(officer.get(f"/exchanges/{records[0]}/proof/"))


def test_a_partner_proves_its_own_records_and_no_others(client_of: ClientOf, records: list[UUID]) -> None:
    of_vmsw = recorded(**VMSW)
    dpo = client_of("vdab-dpo")
    page = dpo.get(f"/portal/exchanges/{records[0]}/proof/")
    assert "This record has place 1 in the ledger" in words_of(page)
    assert not [address for address in addresses_in(page) if address.startswith("/exchanges")]
    assert dpo.get(f"/portal/exchanges/{of_vmsw}/proof/").status_code == 404


@pytest.mark.parametrize(("username", "door"), [("auditor", ""), ("vdab-dpo", "/portal")])
def test_the_proof_is_taken_along_as_a_file_that_leads_to_the_root_and_discloses_nobody(
    officer: Client, records: list[UUID], client_of: ClientOf, username: str, door: str
) -> None:
    address = f"{door}/exchanges/{records[4]}/proof/"
    client = client_of(username)
    assert f"{address}file" in addresses_in(client.get(address))
    answer = client.get(f"{address}file")
    assert f"{records[4]}.tlog-proof" in answer.headers["Content-Disposition"]
    proof = read_proof(answer.content.decode())
    leaf = leaf_hash(bytes(Entry.objects.get(log=LOG, id=records[4]).leaf))
    assert root_from_inclusion(leaf=leaf, index=proof.leaf_index, size=7, path=proof.path) == tree_of(LOG).root()
    for secret in (INSZ, USER, DOSSIER):
        assert secret not in proof.extra.decode()
    assert Act.objects.filter(object_id=records[4], kind=ActKind.PROOF_EXPORTED, actor=username).count() == 1


def test_the_page_of_an_exchange_leads_to_its_proof_and_the_look_is_recorded(
    officer: Client, records: list[UUID]
) -> None:
    assert f"/exchanges/{records[0]}/proof/" in addresses_in(officer.get(f"/exchanges/{records[0]}/"))
    officer.get(f"/exchanges/{records[0]}/proof/")
    acts = Act.objects.filter(object_id=records[0], kind=ActKind.EXCHANGE_READ)
    assert acts.count() == 2


QUERIES = {
    "django_session": 1,  # the session
    "compliance_account": 1,  # who reads
    "compliance_notice": 1,  # the bell
    "exchanges_exchange": 2,  # the exchange, and since when there are any
    "ledger_entry": 3,  # the act, the record's bytes, and when the last leaf was recorded
    "oversight_act": 1,  # the act, for lists
    "ledger_head": 2,  # the newest, and what waits for a confirmation
    "ledger_cosignature": 2,  # who confirmed how much, twice
    "ledger_checkpoint": 3,  # the newest that is confirmed, the newest that is signed, the first with the record
    "ledger_position": 2,  # the place of the record, and of the last leaf
    "ledger_timestamp": 1,
    "compliance_organisation": 1,  # names
    "compliance_controllerperiod": 1,
    "compliance_monthcount": 1,
}
NOT_COUNTED = ("BEGIN", "COMMIT", "SELECT make_month")
OF_THE_TREE = {"ledger_tile", "ledger_edge"}


@pytest.mark.parametrize("count", [3, 600])
def test_a_proof_costs_as_many_queries_in_a_log_of_any_length_and_two_for_each_tile_on_its_way(
    officer: Client, count: int
) -> None:
    recorded_many(count)
    seal()
    sign(*WITNESSES)
    [record] = identifiers(log=LOG, first=count // 2, end=count // 2 + 1)
    officer.get(f"/exchanges/{record}/proof/")  # this month's partition of the oversight log is made once
    with CaptureQueriesContext(connection) as captured:
        officer.get(f"/exchanges/{record}/proof/")
    asked = Counter(table_of(query["sql"]) for query in captured if not query["sql"].startswith(NOT_COUNTED))
    of_tree = sum(asked.pop(table, 0) for table in OF_THE_TREE)
    assert of_tree <= MOST_FOR_A_TREE
    assert asked == QUERIES
