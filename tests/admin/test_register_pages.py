"""The pages of the register: for its keeper only, a reason for everything, nothing deleted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from compliance.access.roles import Role
from compliance.authorisations.requests.models import InstrumentRule
from compliance.registry.history import history
from compliance.registry.models import ClosingDay, ConnectionPeriod, OfficeHours, Organisation, Route, Service
from compliance.registry.office_hours import closing_days_between, office_hours_at
from compliance.registry.revision import current_revision
from tests.admin.pages import SENT, errors_of, registered, send, shown, signed_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db
OTHERS = ("officer", "second-officer", "auditor", "vdab-requester", "vdab-dpo", "vmsw-requester", "nobody")


@pytest.fixture
def keeper(cast: Mapping[str, Account]) -> Client:
    return signed_in(cast["operator"])


def address_of(row: Route | Organisation | Service) -> str:
    return reverse(f"admin:compliance_{row._meta.model_name}_change", args=[row.pk])


def pages() -> list[str]:
    models = [model._meta.model_name for model in registered()]
    return [reverse("admin:index"), *(reverse(f"admin:compliance_{name}_changelist") for name in models)]


@pytest.mark.parametrize("username", OTHERS)
def test_nobody_else_comes_in(cast: Mapping[str, Account], username: str) -> None:
    client = signed_in(cast[username])
    for address in pages():
        response = client.get(address, follow=True)
        assert response.status_code == 403, address


def test_flags_of_the_framework_open_nothing(cast: Mapping[str, Account]) -> None:
    cast["nobody"].is_staff = cast["nobody"].is_superuser = True
    cast["nobody"].save()
    assert signed_in(cast["nobody"]).get(reverse("admin:index"), follow=True).status_code == 403


def test_who_has_not_signed_in_is_sent_to_where_people_do(register: None) -> None:
    response = Client().get(reverse("admin:compliance_route_changelist"), follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("login"))


def test_the_keeper_sees_every_page(keeper: Client) -> None:
    for address in pages():
        assert keeper.get(address).status_code == 200, address
    for name in [model._meta.model_name for model in registered()]:
        response = keeper.get(reverse(f"admin:compliance_{name}_add"), follow=True)
        assert response.status_code == (403 if name == "registerchange" else 200), name


def test_every_page_of_a_row_opens_with_its_history(keeper: Client) -> None:
    for model in registered():
        row = model._default_manager.first()
        if row is not None:
            for page in ("change", "history"):
                address = reverse(f"admin:compliance_{model._meta.model_name}_{page}", args=[row.pk])
                assert keeper.get(address).status_code == 200, address


def test_only_tables_of_our_own_are_there() -> None:
    assert {model._meta.app_label for model in registered()} == {"compliance"}


@pytest.mark.parametrize("path", ["change", "add"])
def test_every_form_asks_why(keeper: Client, path: str) -> None:
    route = Route.objects.get(code="DIRECT")
    address = address_of(route) if path == "change" else reverse("admin:compliance_route_add")
    names = {"code": "PIGEON", "kind": "other", "name_nl": "n", "name_en": "n", "name_fr": "n"}
    before = current_revision()
    for reason in ("", "   "):
        assert "reason" in errors_of(send(keeper, address, **names, reason=reason))
    assert current_revision() == before


def test_a_change_is_a_version_with_who_and_why(keeper: Client) -> None:
    route = Route.objects.get(code="DIRECT")
    response = send(keeper, address_of(route), name_nl="Zonder tussenpersoon", reason="clearer")
    assert response.status_code == SENT
    newest = history(kind="route", code="DIRECT")[0].change
    assert (newest.version, newest.changed_by, newest.reason) == (2, "operator", "clearer")
    assert newest.state["name_nl"] == "Zonder tussenpersoon"
    page = keeper.get(reverse("admin:compliance_route_history", args=[route.pk]))
    assert "clearer" in page.content.decode()
    assert "Zonder tussenpersoon" in page.content.decode()


def test_a_code_is_asked_once_and_then_only_shown(keeper: Client) -> None:
    route = Route.objects.get(code="DIRECT")
    assert "code" not in shown(keeper, address_of(route))
    send(keeper, address_of(route), code="OTHER", reason="sneaky")
    assert Route.objects.filter(code="DIRECT").exists()


def test_a_row_is_made_through_the_verb(keeper: Client) -> None:
    names = {"name_nl": "Brugdag", "name_en": "Bridge day", "name_fr": "Pont"}
    address = reverse("admin:compliance_closingday_add")
    assert send(keeper, address, day="2026-05-15", **names, reason="decided").status_code == SENT
    made = ClosingDay.objects.get()
    assert history(kind="closingday", code=str(made.pk))[0].change.changed_by == "operator"


def test_what_belongs_to_a_row_is_kept_with_the_same_reason(keeper: Client) -> None:
    organisation = Organisation.objects.get(code="OCMW-LEUVEN")
    route = Route.objects.get(code="MAGDA-KSZ")
    added = {
        "connections-TOTAL_FORMS": "1",
        "connections-0-organisation": organisation.pk,
        "connections-0-route": route.pk,
        "connections-0-connected_from": "2018-01-01",
    }
    assert send(keeper, address_of(organisation), **added, reason="tested").status_code == SENT
    period = ConnectionPeriod.objects.get(organisation=organisation)
    assert history(kind="connectionperiod", code=str(period.pk))[0].change.reason == "tested"
    assert len(history(kind="organisation", code="OCMW-LEUVEN")) == 1


def test_hours_of_a_partner_are_kept_with_it_and_explained_when_no_clock_shows_them(keeper: Client) -> None:
    organisation = Organisation.objects.get(code="OCMW-LEUVEN")
    added = {
        "office_hours-TOTAL_FORMS": "1",
        "office_hours-0-organisation": organisation.pk,
        "office_hours-0-weekday": "6",
        "office_hours-0-opens": "9",
        "office_hours-0-valid_from": "2018-01-01",
        "closing_periods-TOTAL_FORMS": "1",
        "closing_periods-0-organisation": organisation.pk,
        "closing_periods-0-closed_from": "2018-07-16",
        "closing_periods-0-closed_until": "2018-07-30",
    }
    wrong = send(keeper, address_of(organisation), **added, **{"office_hours-0-closes": "8"}, reason="told by mail")
    assert wrong.status_code != SENT
    right = send(keeper, address_of(organisation), **added, **{"office_hours-0-closes": "12"}, reason="told by mail")
    assert right.status_code == SENT
    assert office_hours_at(date(2018, 7, 14))["OCMW-LEUVEN"] == {6: (9, 12)}
    assert len(closing_days_between(date(2018, 7, 1), date(2018, 8, 1))["OCMW-LEUVEN"]) == 14
    (hours,) = OfficeHours.objects.filter(organisation=organisation)
    assert history(kind="officehours", code=hours.recorded_code)[0].change.reason == "told by mail"


def test_the_categories_of_a_service_are_kept_with_it(keeper: Client) -> None:
    service = Service.objects.get(code="RR-IMPORT")
    kept = service.categories.exclude(code="RESIDENCE").values_list("pk", flat=True)
    assert send(keeper, address_of(service), categories=list(kept), reason="narrowed").status_code == SENT
    newest = history(kind="service", code="RR-IMPORT/1.0")[0]
    assert [each.field for each in newest.differences] == ["categories"]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(keeper: Client) -> None:
    route = Route.objects.get(code="DIRECT")
    mine = shown(keeper, address_of(route))
    send(keeper, address_of(route), name_nl="Zonder tussenpersoon", reason="clearer")
    response = keeper.post(address_of(route), {**mine, "name_nl": "Van mij", "reason": "mine"})
    assert "read_version" in errors_of(response)
    assert Route.objects.get(code="DIRECT").name_nl == "Zonder tussenpersoon"


def test_wrong_values_are_explained_at_their_field(keeper: Client) -> None:
    organisation = Organisation.objects.get(code="VDAB")
    found = errors_of(send(keeper, address_of(organisation), kbo_number="0887010363", ovo_code="1", reason="typo"))
    assert set(found) == {"kbo_number", "ovo_code"}


def test_a_period_that_ends_early_is_explained(keeper: Client) -> None:
    response = send(
        keeper,
        reverse("admin:compliance_controllerperiod_add"),
        organisation=Organisation.objects.get(code="ABB").pk,
        valid_from="2030-01-01",
        valid_until="2029-01-01",
        citation="a decision",
        reason="moved",
    )
    assert "__all__" in errors_of(response)


def test_nothing_can_be_deleted(keeper: Client) -> None:
    for model in registered():
        row = model._default_manager.first()
        name = model._meta.model_name
        if row is not None:
            response = keeper.post(reverse(f"admin:compliance_{name}_delete", args=[row.pk]), {"post": "yes"})
            assert response.status_code == 403, name
        chosen = {"action": "delete_selected", "_selected_action": [getattr(row, "pk", 0)], "post": "yes"}
        keeper.post(reverse(f"admin:compliance_{name}_changelist"), chosen)
        if row is not None:
            assert model._default_manager.filter(pk=row.pk).exists(), name


def test_history_can_only_be_looked_at(keeper: Client) -> None:
    newest = history(kind="route", code="DIRECT")[0].change
    address = reverse("admin:compliance_registerchange_change", args=[newest.pk])
    assert keeper.get(address).status_code == 200
    assert keeper.post(address, {"reason": "another"}).status_code == 403


def test_the_start_page_shows_the_latest_changes(keeper: Client) -> None:
    send(keeper, address_of(Route.objects.get(code="DIRECT")), name_nl="Zonder tussenpersoon", reason="seen here")
    assert "seen here" in keeper.get(reverse("admin:index")).content.decode()


def test_pages_follow_the_language_of_the_reader(keeper: Client) -> None:
    for language, word in (("en", "Add"), ("fr", "Ajouter"), ("nl", "toevoegen")):
        page = keeper.get(reverse("admin:compliance_route_changelist"), headers={"accept-language": language})
        assert word in page.content.decode()
        assert f'lang="{language}' in page.content.decode()


def test_lists_stay_within_their_queries(keeper: Client, django_assert_max_num_queries: object) -> None:
    assert callable(django_assert_max_num_queries)
    for address in pages():
        with django_assert_max_num_queries(12):  # session, account, filters, count twice, the rows
            keeper.get(address)


def test_a_keeper_cannot_be_shut_out_by_himself(keeper: Client, cast: Mapping[str, Account]) -> None:
    own = reverse("admin:compliance_account_change", args=[cast["operator"].pk])
    assert "__all__" in errors_of(send(keeper, own, role=Role.AUDITOR, reason="promotion"))
    values = {name: value for name, value in shown(keeper, own).items() if name != "is_active"}
    assert "__all__" in errors_of(keeper.post(own, {**values, "reason": "leaving"}))


def test_the_table_of_instruments_is_changed_in_boxes_for_a_reason(keeper: Client) -> None:
    rule = InstrumentRule.objects.get(code="KSZ-ROUTE")
    address = reverse("admin:compliance_instrumentrule_change", args=[rule.pk])
    sent = send(keeper, address, recipient_kinds=["local", "federal"], needed="protocol", reason="the law changed")
    assert sent.status_code == SENT
    rule.refresh_from_db()
    assert (rule.recipient_kinds, rule.route_kinds, rule.needed) == (["federal", "local"], ["magda-ksz"], "protocol")
    assert history(kind="instrumentrule", code="KSZ-ROUTE")[0].change.reason == "the law changed"
    assert "recipient_kinds" in errors_of(send(keeper, address, recipient_kinds=["friends"], reason="no such kind"))
