"""The page of the ledger's proof says what is proven, and never more than that."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance.cases.open_case import open_case
from compliance.cases.vocabulary import CaseKind
from compliance.kernel.clock import now
from compliance.ledger.stored_tiles import tree_of
from compliance.reporting.verification.models import VerificationKind, VerificationRun
from tests.console.exchanges import recorded, recorded_many
from tests.console.proofs import LOG, WITNESSES, seal, sign, stamp, write_policy
from tests.console.reading import addresses_in, table_of, words_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db(transaction=True)

TIME = r"\d\d:\d\d:\d\d"


@pytest.fixture
def trusting(settings: Any, tmp_path: Path) -> Any:
    """Configure a signer, and two witnesses who must both confirm; return the settings."""
    settings.SIGNER_URL = "http://127.0.0.1:1"
    settings.WITNESS_POLICY_FILE = write_policy(tmp_path)
    return settings


def read(client_of: ClientOf, username: str = "officer", *, language: str = "en", at: str = "/proof/") -> str:
    """Return the words of the page."""
    return words_of(client_of(username, language=language).get(at))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", rf"Provable up to {TIME} , confirmed by 2 of 2 witnesses\."),
        ("nl", rf"Aantoonbaar tot {TIME} , bevestigd door 2 van 2 getuigen\."),
        ("fr", rf"Prouvable jusqu'à {TIME} , confirmé par 2 témoins sur 2\."),
    ],
)
@pytest.mark.usefixtures("trusting")
def test_what_all_witnesses_confirmed_is_provable(client_of: ClientOf, language: str, sentence: str) -> None:
    recorded_many(3)
    seal()
    sign(*WITNESSES)
    page = words_of(client_of("officer", language=language).get("/proof/")).replace(",", " ,").replace("  ", " ")
    assert re.search(sentence, page), page


@pytest.mark.usefixtures("trusting")
def test_the_root_the_witnesses_and_the_timestamp_stand_on_the_page(client_of: ClientOf) -> None:
    recorded_many(3)
    seal()
    sign(*WITNESSES)
    stamp()
    page = client_of("auditor").get("/proof/")
    words = words_of(page)
    assert " ".join(re.findall("." * 8, tree_of(LOG).root().hex())) in words
    for told in ("Root over 3 records", "city-archive 3", "court-of-audit 3", "CN=Time stamps,O=Outside"):
        assert told in words
    assert "/ledger/exchanges/checkpoint" in addresses_in(page)
    assert "/ledger/oversight/checkpoint" not in addresses_in(page)


def test_a_ledger_in_which_nothing_is_sealed_says_so(client_of: ClientOf) -> None:
    recorded()
    assert "Nothing has been sealed yet" in read(client_of)


@pytest.mark.parametrize(
    ("signer", "is_signed", "policy", "sentence"),
    [
        (False, False, False, "no signer is configured, so nothing can be proven"),
        (True, False, False, "but not signed yet: nothing can be proven"),
        (True, True, False, "No witness is configured, so whoever has the key can rewrite it unseen"),
        (True, True, True, "but confirmed by 1 of 2 witnesses: too few to prove it"),
    ],
)
def test_what_is_missing_is_said_in_words(
    client_of: ClientOf, settings: Any, tmp_path: Path, *, signer: bool, is_signed: bool, policy: bool, sentence: str
) -> None:
    settings.SIGNER_URL = "http://127.0.0.1:1" if signer else None
    settings.WITNESS_POLICY_FILE = write_policy(tmp_path) if policy else None
    recorded()
    seal()
    if is_signed:
        sign("city-archive")
    words = read(client_of)
    assert sentence in words
    assert "Provable up to" not in words


def test_a_list_of_witnesses_that_cannot_be_read_is_no_list_without_witnesses(
    client_of: ClientOf, trusting: Any, tmp_path: Path
) -> None:
    recorded()
    seal()
    sign(*WITNESSES)
    trusting.WITNESS_POLICY_FILE = tmp_path / "gone"
    words = read(client_of)
    assert "the list of witnesses cannot be read" in words
    assert "No witness is configured" not in words


def test_sealing_that_stands_still_raises_the_alarm(client_of: ClientOf, trusting: Any) -> None:
    recorded()
    seal()
    sign(*WITNESSES)
    assert "Sealing stands still" not in read(client_of)
    trusting.MAX_MERGE_DELAY_SECONDS = 0
    assert "Sealing stands still" in read(client_of)


@pytest.mark.usefixtures("trusting")
def test_what_came_after_the_confirmed_checkpoint_is_counted_and_its_witness_is_behind(client_of: ClientOf) -> None:
    recorded(message_reference="first")
    seal()
    sign(*WITNESSES)
    recorded(message_reference="second")
    seal()
    sign("city-archive")
    words = read(client_of)
    assert "confirmed by 2 of 2 witnesses" in words
    assert "1 newer record is sealed and waits for its witnesses" in words
    assert re.search("court-of-audit 1 .{8,40} 1 record behind", words), words


def test_a_verification_that_failed_and_its_case_stand_on_the_page(client_of: ClientOf) -> None:
    sentence = "Leaf 1: the stored bytes are not those that were sealed."
    run = {"log": LOG, "kind": VerificationKind.ROUND, "first": 0, "end": 2, "size": 2, "reached": 2}
    moments = dict.fromkeys(("started_at", "moved_at", "ended_at"), now())
    VerificationRun.objects.create(**run, **moments, with_openings=True)
    assert "All of 2 records were read and recomputed" in read(client_of)
    assert "nothing wrong" in read(client_of)
    moments = dict.fromkeys(("started_at", "moved_at", "ended_at"), now())
    VerificationRun.objects.create(**run, **moments, with_openings=True, failures=[["entry-bytes", sentence, 1, 1]])
    open_case(kind=CaseKind.LEDGER_DIVERGES, key="1", title=sentence, facts={})
    words = read(client_of)
    assert "Open cases" in words
    assert words.count(sentence) == 2


def test_growth_is_told_by_day(client_of: ClientOf) -> None:
    recorded_many(5)
    seal()
    words = read(client_of)
    assert "5 records sealed" in words
    assert re.search(r"Records \d+ \w+ \d{4} 5 ", words)


def test_a_partner_reads_of_the_log_of_exchanges_alone(client_of: ClientOf) -> None:
    recorded()
    seal()
    open_case(kind=CaseKind.LEDGER_DIVERGES, key="1", title="Something is wrong.", facts={})
    words = read(client_of, "vdab-requester", at="/portal/proof/")
    assert "Root over 1 record" in words
    assert "Oversight" not in words
    assert "Something is wrong" not in words


@pytest.mark.usefixtures("trusting")
@pytest.mark.parametrize("username", ["officer", "auditor", "operator"])
def test_the_first_page_says_it_in_a_line_that_leads_to_the_proof(client_of: ClientOf, username: str) -> None:
    recorded()
    seal()
    sign(*WITNESSES)
    page = client_of(username).get("/")
    assert "confirmed by 2 of 2 witnesses" in words_of(page)
    assert addresses_in(page).count("/proof/") == 2


QUERIES = {
    "django_session": 1,  # the session
    "compliance_account": 1,  # who reads
    "compliance_notice": 1,  # the bell
    "ledger_edge": 2,  # when all was last found sealed, and what stands at the edge
    "ledger_head": 3,  # the newest, what waits for a confirmation, growth
    "ledger_cosignature": 2,  # who confirmed how much, and when
    "ledger_checkpoint": 2,  # the newest that is confirmed, the newest that is signed
    "ledger_position": 1,  # the last leaf
    "ledger_timestamp": 1,
    "compliance_verificationrun": 3,  # the newest, the newest of all, the one at work
    "compliance_organisation": 1,
    "compliance_controllerperiod": 1,
    "compliance_monthcount": 1,
    "exchanges_exchange": 1,
}


@pytest.mark.usefixtures("trusting")
@pytest.mark.parametrize("count", [1, 600])
def test_the_page_costs_as_many_queries_for_a_log_of_any_length(client_of: ClientOf, count: int) -> None:
    recorded_many(count)
    seal()
    sign(*WITNESSES)
    client = client_of("vdab-dpo")
    with CaptureQueriesContext(connection) as captured:
        client.get("/portal/proof/")
    asked = Counter(table_of(query["sql"]) for query in captured)
    assert asked == QUERIES
