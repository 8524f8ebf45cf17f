"""Which instrument a request needs follows from a short table, each row with its legal source."""

from __future__ import annotations

import msgspec
import pytest

from compliance.authorisations.requests.content import (
    Delivery,
    Parties,
    Purposes,
    RequestContent,
    RequestedData,
    Wanted,
)
from compliance.authorisations.requests.instrument import needed_for
from compliance.authorisations.requests.load_rules import load_rules
from compliance.authorisations.requests.models import InstrumentRule
from compliance.authorisations.requests.vocabulary import Needed, RequestKind
from compliance.kernel.actor import Actor, ActorKind
from compliance.registry.change import change
from compliance.registry.load import Loaded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

# recipient, provider, route, category                          row of the table           instrument
TABLE = """
VDAB            KBI     MAGDA      TRAJECTORY                   PROTOCOL                   protocol
VDAB            KBI     MAGDA      MEDICAL-EXEMPTION            SPECIAL-CATEGORIES         protocol
VDAB            KBI     DIRECT     TRAJECTORY                   PROTOCOL                   protocol
VDAB            KSZ     MAGDA      TRAJECTORY                   SOCIAL-SECURITY-PROVIDER   deliberation
VDAB            POD-MI  DIRECT     MEDICAL-EXEMPTION            SOCIAL-SECURITY-PROVIDER   deliberation
OCMW-GENT       KBI     MAGDA      TRAJECTORY                   LOCAL-AUTHORITY            protocol
OCMW-GENT       KBI     MAGDA-KSZ  NATIONALITY                  KSZ-ROUTE                  deliberation
OCMW-AALST      KBI     MAGDA-KSZ  TRAJECTORY                   GENERAL-COVERS             general
POD-MI          KBI     DIRECT     TRAJECTORY                   FEDERAL-RECIPIENT          protocol
POD-MI          KBI     MAGDA-KSZ  NATIONALITY                  KSZ-ROUTE                  deliberation
CVO-CBE         KBI     MAGDA      LEARNING-NEEDS               SPECIAL-CATEGORIES         protocol
CVO-CBE         KBI     MAGDA      NT2-LEVEL                    PROTOCOL                   protocol
LEVERANCIER-A   KBI     MAGDA      TRAJECTORY                   NO-ORDINARY-PARTNER        none
AGII            KBI     DIRECT     TRAJECTORY                   SAME-CONTROLLER            none
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]


def asking(recipient: str, provider: str, route: str, category: str) -> RequestContent:
    general = recipient == "OCMW-AALST"
    return RequestContent(
        parties=Parties(recipient=recipient, provider=provider),
        purposes=Purposes(purposes=("SOCIAL-SERVICE",) if general else ("JOB-MEDIATION",)),
        data=RequestedData(services=("KBI-DOSSIER/2.0",), categories=(Wanted(category),)),
        rhythm=Delivery(routes=(route,)),
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row[:4]))
def test_the_first_row_that_applies_decides(row: list[str]) -> None:
    *asked, rule, needed = row
    found = needed_for(asking(*asked))
    assert found.rule is not None
    assert (found.rule.code, found.needed) == (rule, Needed(needed))


def test_every_row_is_reached_and_says_why_in_three_languages_by_which_law() -> None:
    rules = {rule.code: rule for rule in InstrumentRule.objects.all()}
    assert {rule for *_asked, rule, _needed in ROWS} == set(rules)
    for rule in rules.values():
        assert rule.explanation_nl
        assert rule.explanation_en
        assert rule.explanation_fr
        assert "art." in rule.citation


def test_who_joins_needs_to_join_whatever_the_table_says() -> None:
    found = needed_for(asking("VDAB", "KSZ", "MAGDA", "TRAJECTORY"), kind=RequestKind.ACCESSION)
    assert found.needed is Needed.GENERAL


def test_a_row_out_of_use_is_passed_over_and_without_rows_it_is_a_protocol() -> None:
    keeper = Actor(kind=ActorKind.PERSON, name="operator")
    asked = asking("OCMW-GENT", "KBI", "MAGDA", "TRAJECTORY")
    for rule in InstrumentRule.objects.all():
        rule.active = False
        change(instance=rule, actor=keeper, reason="the law changed")
    found = needed_for(asked)
    assert (found.needed, found.rule) == (Needed.PROTOCOL, None)


def test_loading_again_changes_nothing_and_what_a_person_changed_stays() -> None:
    assert load_rules(Loaded()) == Loaded(unchanged=len({rule for *_asked, rule, _needed in ROWS}))
    rule = InstrumentRule.objects.get(code="KSZ-ROUTE")
    rule.citation = "Another article, art. 1"
    change(instance=rule, actor=Actor(kind=ActorKind.PERSON, name="operator"), reason="the law changed")
    assert load_rules(Loaded()).kept == ["instrumentrule KSZ-ROUTE"]


def test_a_request_that_asks_nothing_yet_is_covered_by_no_general_authorisation() -> None:
    empty = msgspec.structs.replace(asking("OCMW-AALST", "KBI", "MAGDA", "TRAJECTORY"), data=RequestedData())
    assert needed_for(empty).needed is Needed.PROTOCOL
