"""The text of a protocol grows with the request, is the same for the same request, and reads back as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from django.utils import translation
from hypothesis import given

from compliance.authorisations.requests.content import Parties, RequestContent
from compliance.authorisations.requests.protocol import as_text, from_text, official_text, protocol_of
from compliance.authorisations.requests.sign import text_to_sign
from compliance.authorisations.requests.vocabulary import Section
from compliance.authorisations.requests.wording import TO_COMPLETE
from compliance.registry.change import change
from compliance.registry.models import Purpose
from tests.authorisations.requests import asking
from tests.authorisations.requests.asking import complete
from tests.authorisations.requests.contents import contents, texts
from tests.properties import patient

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_django import DjangoAssertNumQueries

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db

FULL = complete(RequestContent(parties=Parties(provider="KBI", recipient="VDAB")))


@patient
@given(contents, texts)
def test_it_can_be_written_of_every_request_however_incomplete_and_reads_back(
    content: RequestContent, conditions: str
) -> None:
    for language in ("nl", "fr", "en"):
        with translation.override(language):
            written = protocol_of(content, reference="AANVR-2020-0001", conditions=conditions)
        bare = written._replace(articles=tuple(article._replace(section=None) for article in written.articles))
        assert from_text(as_text(written)) == bare
        assert {article.section for article in written.articles} == set(Section)
        assert all(article.heading and all(article.paragraphs) and article.paragraphs for article in written.articles)


@patient
@given(contents, texts)
def test_the_same_request_gives_the_same_bytes(content: RequestContent, conditions: str) -> None:
    first = official_text(content, reference="A", conditions=conditions)
    with translation.override("fr"):
        assert official_text(content, reference="A", conditions=conditions) == first


def test_a_complete_request_leaves_nothing_to_complete_and_an_empty_one_much() -> None:
    with translation.override("en"):
        full, empty = (as_text(protocol_of(content, reference="A")) for content in (FULL, RequestContent()))
        assert str(TO_COMPLETE) not in full
        assert empty.count(str(TO_COMPLETE)) == 12


def test_it_names_what_the_law_asks_for() -> None:
    with translation.override("en"):
        written = as_text(protocol_of(FULL, reference="AANVR-2020-0001"))
    for named in (
        "enterprise number (KBO) 0887.010.362",
        "The controller of the data at the provider is",
        "DPO van VDAB (dpo@vdab.example)",
        "Job mediation for newcomers",
        "De begeleiding van inburgeraars.",
        "Om de juiste persoon te vinden.",
        "GDPR art. 6(1)(e)",
        "at most 24 months",
        "Bemiddelaars.",
        "4,000 a month",
        "begins on 1 January 2020",
        "Opschorting van de toegang.",
        "The advices of the data protection officers",
    ):
        assert named in written, named


def test_conditions_of_the_decision_are_the_last_article_and_move_no_number() -> None:
    with translation.override("en"):
        before = protocol_of(FULL, reference="A")
        after = protocol_of(FULL, reference="A", conditions="Alleen op werkdagen.")
    assert after.articles[:-2] == before.articles[:-1]
    assert after.articles[-2].paragraphs[-1] == "Alleen op werkdagen."
    assert after.articles[-2].heading == "Article 15. Conditions of the decision"


def test_it_takes_seven_queries_however_much_a_request_names(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    services = FULL.data.services * 20
    much = msgspec.structs.replace(FULL, data=msgspec.structs.replace(FULL.data, services=services))
    for content in (FULL, much):
        with django_assert_num_queries(7):
            protocol_of(content, reference="A")


def test_a_kept_text_stays_when_the_register_calls_things_otherwise(cast: Mapping[str, Account]) -> None:
    request = asking.granted(cast)
    kept = text_to_sign(request).protocol
    purpose = Purpose.objects.get(code="JOB-MEDIATION")
    purpose.name_nl = "Heel iets anders"
    change(instance=purpose, actor=cast["operator"].actor, reason="andere naam")

    assert "Heel iets anders" in official_text(request.said, reference=request.code)
    assert text_to_sign(request).protocol == kept
    assert "Heel iets anders" not in kept
