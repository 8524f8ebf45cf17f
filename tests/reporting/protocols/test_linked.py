"""The register for programs, read by somebody else's library: what DCAT-AP 3 makes mandatory is there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph

from compliance.kernel.clock import now
from compliance.reporting.protocols.linked import catalogue, protocol_jsonld
from compliance.reporting.protocols.published import published_protocols
from tests.authorisations.requests import asking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_django import DjangoAssertNumQueries

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db

PREFIXES = """
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX dpv: <https://w3id.org/dpv#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX gdpr: <https://w3id.org/dpv/legal/eu/gdpr#>
PREFIX oslo: <http://data.vlaanderen.be/ns/toestemming#>
PREFIX vcard: <http://www.w3.org/2006/vcard/ns#>
"""
MANDATORY = (
    ("dcat:Catalog", ("dct:title", "dct:description", "dct:publisher", "dcat:dataset")),
    ("dcat:Dataset", ("dct:title", "dct:description")),
    ("dcat:Distribution", ("dcat:accessURL",)),
    ("foaf:Agent", ("foaf:name",)),
)
RECOMMENDED = (
    ("dcat:Dataset", ("dcat:contactPoint", "dcat:distribution", "dcat:keyword", "dct:publisher", "dcat:theme")),
    ("dcat:Distribution", ("dct:format", "dct:license")),
)


@pytest.fixture
def graph(cast: Mapping[str, Account]) -> Graph:
    """Read the catalogue with two protocols in it."""
    asking.live(cast)
    asking.live(cast)
    return Graph().parse(data=json.dumps(catalogue(published_protocols(at=now()))), format="json-ld")


@pytest.mark.parametrize(("kind", "properties"), MANDATORY + RECOMMENDED)
def test_every_node_has_what_the_profile_asks_for(graph: Graph, kind: str, properties: tuple[str, ...]) -> None:
    assert graph.query(f"{PREFIXES} ASK {{ ?node a {kind} }}").askAnswer
    for one in properties:
        lacking = graph.query(f"{PREFIXES} SELECT ?node {{ ?node a {kind} FILTER NOT EXISTS {{ ?node {one} [] }} }}")
        assert not list(lacking), f"{kind} without {one}"


def test_the_catalogue_lists_both_protocols_in_four_forms_each(graph: Graph) -> None:
    for kind, count in (("dcat:Dataset", 2), ("dcat:Distribution", 2 * 4)):
        assert len(list(graph.query(f"{PREFIXES} SELECT DISTINCT ?one {{ ?one a {kind} }}"))) == count


def test_an_empty_register_is_a_catalogue_too(cast: Mapping[str, Account]) -> None:
    graph = Graph().parse(data=json.dumps(catalogue([])), format="json-ld")
    assert graph.query(f"{PREFIXES} ASK {{ ?one a dcat:Catalog ; dct:publisher ?who }}").askAnswer


def test_a_protocol_tells_who_what_why_and_how_long(
    cast: Mapping[str, Account], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asking.live(cast)
    (published,) = published_protocols(at=now())
    with django_assert_num_queries(4):
        text = json.dumps(protocol_jsonld(published))
    found = (
        Graph()
        .parse(data=text, format="json-ld")
        .query(
            PREFIXES
            + """ASK {
            ?protocol a dcat:Dataset, dpv:LegalAgreement ; dpv:hasProcess ?process .
            ?process a dpv:PersonalDataProcess, oslo:VerwerkingsActiviteit ;
                oslo:verwerker / foaf:name "VDAB"@nl ;
                oslo:verwerkingsgrond ?ground ;
                dpv:hasDataController / foaf:name "VDAB"@nl ;
                dpv:hasPurpose / <http://www.w3.org/2004/02/skos/core#notation> "JOB-MEDIATION" ;
                dpv:hasPersonalData / <http://www.w3.org/2004/02/skos/core#notation> "TRAJECTORY" ;
                dpv:hasDataProtectionOfficer / vcard:hasEmail <mailto:dpo@vdab.example> ;
                dpv:hasStorageCondition ?kept .
            ?ground a gdpr:A6-1-e .
        }"""
        )
    )
    assert found.askAnswer


def test_no_name_of_a_person_is_in_it(cast: Mapping[str, Account]) -> None:
    asking.live(cast)
    (published,) = published_protocols(at=now())
    text = json.dumps(protocol_jsonld(published))
    assert "DPO van VDAB" not in text
    assert not [account.username for account in cast.values() if f'"{account.username}"' in text]


def test_no_context_has_to_be_fetched(cast: Mapping[str, Account]) -> None:
    assert isinstance(catalogue([])["@context"], dict)
