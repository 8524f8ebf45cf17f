"""One exchange: told in sentences, its identity hidden until somebody says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.authorisations.decision_id import Part
from compliance.authorisations.evaluate import evaluate
from compliance.authorisations.snapshot import current_snapshot
from compliance.console.presenters.quoted_decision import PARTS, SENTENCES
from compliance.exchanges.quoted_decision import question_of
from compliance.exchanges.vocabulary import DecisionFinding
from compliance.kernel.clock import microseconds
from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind
from tests.console.exchanges import DOSSIER, INSZ, USER, VMSW, recorded, report
from tests.console.reading import addresses_in, words_of

if TYPE_CHECKING:
    from django.test import Client

    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db
REASON = "Case 2026/14, a complaint"
READABLE_INSZ = f"{INSZ[:2]}.{INSZ[2:4]}.{INSZ[4:6]}-{INSZ[6:9]}.{INSZ[9:]}"


@pytest.fixture
def officer(client_of: ClientOf) -> Client:
    """Return the officer's browser."""
    return client_of("officer")


TOLD = {
    "en": (
        "On 12 March 2016 at 14:03 somebody at VDAB (Flemish public employment service) asked the Crossroads Bank",
        "Civic Integration for “ Civic-integration dossier ” about one person.",
        "It was for “ Job mediation for newcomers ”, under",
        "The Crossroads Bank for Civic Integration delivered: Identification.",
        "It was covered by VTC-VB-2014-01/1.",
    ),
    "nl": (
        "Op 12 maart 2016 om 14:03 vroeg iemand van VDAB aan de Kruispuntbank Inburgering",
        "naar “ Inburgeringsdossier ” over één persoon.",
        "Het doel was “ Arbeidsbemiddeling van inburgeraars ”, op grond van:",
        "De Kruispuntbank Inburgering leverde: Identificatiegegevens.",
        "De uitwisseling was gedekt door VTC-VB-2014-01/1.",
    ),
    "fr": (
        "Le 12 mars 2016 à 14:03, quelqu",
        "de VDAB (service public flamand de l'emploi) a demandé à",
        "pour « Placement des primo-arrivants », sur la base suivante :",
        "a fourni : Données d'identification.",
        "était couvert par VTC-VB-2014-01/1.",
    ),
}


@pytest.mark.parametrize("language", list(TOLD))
def test_an_exchange_is_told_in_sentences_in_the_readers_language(client_of: ClientOf, language: str) -> None:
    words = words_of(client_of("officer", language=language).get(f"/exchanges/{recorded()}/"))
    for sentence in TOLD[language]:
        assert sentence in words


def test_all_facts_stand_below_the_sentences(officer: Client) -> None:
    words = words_of(officer.get(f"/exchanges/{recorded()}/"))
    for fact in (
        "Mijn Loopbaan",
        "bemiddelaar",
        "VDAB-160312-0001",
        "corr-1",
        "req-1",
        "296 milliseconds",
        "ten years",
    ):
        assert fact in words


def test_what_the_user_is_to_the_person_is_told_where_the_source_could_tell(officer: Client) -> None:
    assert "of the same household" in words_of(officer.get(f"/exchanges/{recorded(relation='household')}/"))


def test_an_exchange_without_cover_says_why_and_against_which_version(officer: Client) -> None:
    outside = recorded(categories_delivered=["IDENTIFICATION", "MEDICAL-EXEMPTION"], purpose="CERTIFICATION")
    answer = officer.get(f"/exchanges/{outside}/")
    assert "The authorisation does not name these data: Exemption for medical reasons." in words_of(answer)
    assert "The authorisation does not name this purpose: Certificates of adult learners." in words_of(answer)
    assert "/authorisations/VTC-VB-2014-01/1/" in addresses_in(answer)


def test_nothing_on_the_page_tells_about_whom_it_is(officer: Client) -> None:
    page = officer.get(f"/exchanges/{recorded()}/").content.decode()
    for secret in (INSZ, READABLE_INSZ, USER, DOSSIER):
        assert secret not in page


def test_a_reason_shows_the_identity_once_and_is_recorded_first(officer: Client) -> None:
    number = recorded()
    answer = officer.post(f"/exchanges/{number}/identity", {"reason": REASON})
    for shown in (READABLE_INSZ, USER, DOSSIER):
        assert shown in words_of(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    act = Act.objects.get(kind=ActKind.IDENTITY_REVEALED)
    assert (act.actor, act.object_id, act.reason) == ("officer", number, REASON)
    again = officer.get(f"/exchanges/{number}/identity", follow=True)
    assert READABLE_INSZ not in words_of(again)


@pytest.mark.parametrize("reason", ["", "because", "          x"])
def test_without_a_real_reason_nothing_is_shown_or_recorded(officer: Client, reason: str) -> None:
    answer = officer.post(f"/exchanges/{recorded()}/identity", {"reason": reason})
    assert "why you need this" in words_of(answer)
    assert INSZ not in answer.content.decode()
    assert not Act.objects.filter(kind=ActKind.IDENTITY_REVEALED).exists()


def test_the_look_is_recorded_and_the_next_reader_sees_it(client_of: ClientOf) -> None:
    number = recorded()
    assert "Nobody before you" in words_of(client_of("officer").get(f"/exchanges/{number}/"))
    client_of("officer").post(f"/exchanges/{number}/identity", {"reason": REASON})
    words = words_of(client_of("auditor").get(f"/exchanges/{number}/"))
    assert "officer" in words
    assert REASON in words
    kinds = set(Act.objects.filter(object_id=number).values_list("kind", flat=True))
    assert kinds == {ActKind.EXCHANGE_READ, ActKind.IDENTITY_REVEALED}


def test_a_record_and_its_correction_lead_to_each_other(officer: Client) -> None:
    first = recorded()
    second = recorded(message_reference="correction", outcome="failed", corrects=str(first))
    assert f"/exchanges/{second}/" in addresses_in(officer.get(f"/exchanges/{first}/"))
    assert f"/exchanges/{first}/" in addresses_in(officer.get(f"/exchanges/{second}/"))


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("no-data", "had no data."),
        ("failed", "It failed; nothing was delivered."),
        ("unanswered", "never answered."),
        ("refused", "refused."),
        ("requested", "Of the answer nothing is known yet."),
    ],
)
def test_every_outcome_has_its_sentence(officer: Client, outcome: str, words: str) -> None:
    number = recorded(outcome=outcome, categories_delivered=None)
    assert words in words_of(officer.get(f"/exchanges/{number}/"))


def test_an_automatic_exchange_is_told_as_one(officer: Client) -> None:
    words = words_of(officer.get(f"/exchanges/{recorded(**VMSW)}/"))
    assert "a system of Flemish Social Housing Company asked" in words


def test_an_exchange_on_behalf_of_another_names_both(officer: Client) -> None:
    asker = {"organisation": "LEVERANCIER-A", "on_behalf_of": "OCMW-GENT"}
    words = words_of(officer.get(f"/exchanges/{recorded(asker=asker, trigger='automatic')}/"))
    assert (
        "a system of Software vendor A (example) asked the Crossroads Bank for Civic Integration, on behalf of PCSW"
        in words
    )


def test_a_number_that_does_not_exist_is_not_found_in_words(officer: Client) -> None:
    answer = officer.get("/exchanges/0159490e-d214-74f9-81e7-978cbeb1e80e/")
    assert answer.status_code == 404
    assert "There is nothing here that you may see" in words_of(answer)


def decision(**changes: object) -> str:
    """Return the identifier of the decision on an exchange like this, asked when it began."""
    told = report(**changes)
    at = microseconds(told.started_at)
    return evaluate(question=question_of(told), at=at, issued_at=at, snapshot=current_snapshot()).decision_id


def test_an_exchange_says_what_became_of_the_question_that_was_asked_before(officer: Client) -> None:
    quoted = decision()
    words = words_of(officer.get(f"/exchanges/{recorded(decision=quoted)}/"))
    assert "Asked beforehand Yes, and it was allowed. What was exchanged is what was asked." in words
    assert f"Decision that was quoted {quoted}" in words
    other = recorded(decision=quoted, message_reference="other", purpose="JOB-TRAINING", route="DIRECT")
    assert "not this exchange. It differs in: purpose and route." in words_of(officer.get(f"/exchanges/{other}/"))


def test_an_exchange_that_quotes_no_decision_has_no_line_for_it(officer: Client) -> None:
    assert "Asked beforehand" not in words_of(officer.get(f"/exchanges/{recorded()}/"))


def test_every_finding_and_every_part_has_its_words() -> None:
    assert set(SENTENCES) == set(DecisionFinding)
    assert set(PARTS) == set(Part)
