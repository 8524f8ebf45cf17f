"""The KBI's own world, as it is delivered."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from django.core.management import call_command
from django.db.models import Sum

from compliance.authorisations.load import load_authorisations
from compliance.authorisations.models import AuthorisationVersion
from compliance.authorisations.requests.load_rules import load_rules
from compliance.kernel.actor import Actor, ActorKind
from compliance.kernel.clock import BRUSSELS
from compliance.registry.change import change
from compliance.registry.load import LOADER, load_register
from compliance.registry.models import DataCategory, LegalBasis, Organisation, PublishedFigure, Route, Service
from compliance.registry.revision import current_revision

pytestmark = pytest.mark.django_db


def test_loading_again_changes_nothing() -> None:
    before = current_revision()
    loaded = load_rules(load_authorisations(load_register()))
    assert (loaded.created, loaded.changed, loaded.kept) == (0, 0, [])
    assert current_revision() == before


def test_what_a_person_changed_stays_theirs() -> None:
    route = Route.objects.get(code="DIRECT")
    route.name_nl = "Zonder tussenpersoon"
    change(instance=route, actor=Actor(kind=ActorKind.PERSON, name="operator"), reason="clearer")
    loaded = load_register()
    assert loaded.kept == ["route DIRECT"]
    assert Route.objects.get(code="DIRECT").name_nl == "Zonder tussenpersoon"


def test_what_the_loader_made_is_brought_up_to_date() -> None:
    route = Route.objects.get(code="DIRECT")
    route.name_nl = "An older wording"
    change(instance=route, actor=LOADER, reason="an earlier delivery")
    loaded = load_register()
    assert (loaded.created, loaded.changed, loaded.kept) == (0, 1, [])
    assert Route.objects.get(code="DIRECT").name_nl == "Rechtstreeks"


def test_the_command_counts_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_register", json=True)
    counted = json.loads(capsys.readouterr().out)
    assert counted["created"] == counted["changed"] == 0
    assert counted["unchanged"] > 200


def test_every_system_of_the_answer_is_there_and_the_partners_in_its_order() -> None:
    codes = set(Organisation.objects.values_list("code", flat=True))
    systems = {"KBI", "MAGDA", "KSZ", "OCMW-GENT", "VMSW", "VDAB", "CVO-CBE", "AHOVOKS", "POD-MI", "DISCIMUS"}
    assert systems | {"RIJKSREGISTER", "ABB", "AGII"} <= codes
    columns = Organisation.objects.filter(counted_as_partner=True).values_list("code", flat=True)
    assert list(columns) == ["OCMW-GENT", "VMSW", "VDAB", "CVO-CBE", "AHOVOKS"]


def test_the_published_answer_is_kept_as_printed_with_its_slip() -> None:
    figures = PublishedFigure.objects.filter(document__code="ANSWER-321-2017")
    cells = figures.filter(series="exchanges", compared_with=None)
    months = cells.exclude(month=0)
    assert months.exclude(organisation=None).aggregate(Sum("figure")) == {"figure__sum": 18_498_776}
    assert months.filter(organisation=None).aggregate(Sum("figure")) == {"figure__sum": 18_498_776}
    assert months.count() == 72
    assert cells.get(year=2016, month=0, organisation=None).figure == 18_498_776
    differences = figures.filter(compared_with=2015)
    assert differences.get(organisation__code="CVO-CBE").figure == 5_209_336
    assert differences.get(organisation=None).figure == 6_069_077
    assert differences.exclude(organisation=None).aggregate(Sum("figure")) != {"figure__sum": 6_069_077}
    outcomes = figures.filter(series__startswith="discimus-").exclude(series="discimus-total")
    assert outcomes.aggregate(Sum("figure")) == {"figure__sum": figures.get(series="discimus-total").figure}


def test_the_years_before_recording_are_carried_over() -> None:
    figures = PublishedFigure.objects.filter(document__carried_over=True)
    assert dict(figures.values_list("year").annotate(Sum("figure"))) == {
        2014: 11_639_635,
        2015: 12_429_699,
    }
    assert not figures.filter(organisation=None).exists()


def test_every_partner_was_allowed_to_ask_through_all_of_2016() -> None:
    for partner in Organisation.objects.filter(counted_as_partner=True):
        versions = AuthorisationVersion.objects.filter(recipients__contains=[partner.code], provider="KBI")
        assert versions.filter(valid_from__lte=datetime(2016, 1, 1, tzinfo=BRUSSELS)).exists(), partner
        assert versions.filter(valid_until=None).exists(), partner


def test_every_version_names_what_its_services_can_give() -> None:
    for version in AuthorisationVersion.objects.select_related("authorisation"):
        for named in version.services:
            code, _, number = named.partition("/")
            services = Service.objects.filter(code=code, **({"version": number} if number else {}))
            assert services.exists()
            assert all(service.source.code == version.provider for service in services), version


def test_special_categories_come_with_a_ground_of_article_9() -> None:
    special = set(DataCategory.objects.filter(special_category=True).values_list("code", flat=True))
    grounds = set(LegalBasis.objects.exclude(article_9="").values_list("code", flat=True))
    assert len(special) >= 2
    for version in AuthorisationVersion.objects.select_related("authorisation"):
        if special & set(version.categories):
            assert grounds & set(version.legal_bases), version
