"""Every change of the register is a version: who, when, why, and what it became."""

from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING, cast

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from compliance.kernel.actor import Actor, ActorKind, system
from compliance.kernel.clock import now
from compliance.kernel.errors import AnonymousActError
from compliance.registry.accountability import MissingReasonError
from compliance.registry.change import ChangedMeanwhileError, change
from compliance.registry.history import history, version_at
from compliance.registry.models import DataCategory, Organisation, ProcessingMandate, RegisterChange, Route, Service
from compliance.registry.revision import current_revision
from compliance.registry.vocabulary import RouteKind

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

OPERATOR = Actor(kind=ActorKind.PERSON, name="operator")


def a_route(code: str = "PIGEON", name: str = "Postduif") -> Route:
    return Route(code=code, name_nl=name, name_en=name, name_fr=name, kind=RouteKind.OTHER)


@pytest.mark.django_db
def test_a_change_says_who_when_why_and_what_it_became() -> None:
    before = now()
    made = change(instance=a_route(), actor=OPERATOR, reason=" new road ")
    assert (made.kind, made.code, made.version, made.changed_by, made.reason) == (
        "route",
        "PIGEON",
        1,
        "operator",
        "new road",
    )
    assert made.state == {
        "code": "PIGEON",
        "name_nl": "Postduif",
        "name_en": "Postduif",
        "name_fr": "Postduif",
        "kind": "other",
    }
    assert before <= made.changed_at <= now()


@pytest.mark.django_db
def test_a_system_cannot_be_taken_for_a_person_of_the_same_name() -> None:
    made = change(instance=a_route(), actor=system("operator"), reason="new road")
    assert made.changed_by == "system:operator"


@pytest.mark.django_db
def test_a_change_without_a_reason_changes_nothing() -> None:
    with pytest.raises(MissingReasonError):
        change(instance=a_route(), actor=OPERATOR, reason=" \n")
    assert not Route.objects.filter(code="PIGEON").exists()


@pytest.mark.django_db
def test_a_change_without_an_actor_changes_nothing() -> None:
    with pytest.raises(AnonymousActError):
        change(instance=a_route(), actor=cast("Actor", None), reason="new road")
    assert not Route.objects.filter(code="PIGEON").exists()


@pytest.mark.django_db
def test_a_wrong_value_changes_nothing() -> None:
    before = current_revision()
    with pytest.raises(ValidationError):
        change(instance=a_route(code="no capitals"), actor=OPERATOR, reason="new road")
    assert current_revision() == before


@pytest.mark.django_db
def test_each_version_keeps_what_was_said_then() -> None:
    before = now()
    route = a_route()
    change(instance=route, actor=OPERATOR, reason="new road")
    route.name_nl = "Duivenpost"
    change(instance=route, actor=OPERATOR, reason="better word")
    newest, oldest = history(kind="route", code="PIGEON")
    assert [step.change.version for step in (oldest, newest)] == [1, 2]
    assert [(each.field, each.before, each.after) for each in newest.differences] == [
        ("name_nl", "Postduif", "Duivenpost")
    ]
    assert {each.field for each in oldest.differences} == set(oldest.change.state)
    then = version_at(kind="route", code="PIGEON", moment=oldest.change.changed_at)
    assert then is not None
    assert then.state["name_nl"] == "Postduif"
    assert version_at(kind="route", code="PIGEON", moment=before) is None


@pytest.mark.django_db
def test_what_stays_the_same_is_no_change() -> None:
    route = a_route()
    first = change(instance=route, actor=OPERATOR, reason="new road")
    assert change(instance=route, actor=OPERATOR, reason="again") == first
    assert current_revision() == first.pk


@pytest.mark.django_db
def test_a_change_of_what_somebody_else_changed_meanwhile_is_refused() -> None:
    route = a_route()
    change(instance=route, actor=OPERATOR, reason="new road")
    mine = Route.objects.get(code="PIGEON")
    route.name_nl = "Duivenpost"
    change(instance=route, actor=OPERATOR, reason="better word", read_version=1)
    mine.name_nl = "Brieven per duif"
    with pytest.raises(ChangedMeanwhileError):
        change(instance=mine, actor=OPERATOR, reason="another word", read_version=1)
    assert Route.objects.get(code="PIGEON").name_nl == "Duivenpost"


@pytest.mark.django_db
def test_the_categories_of_a_service_belong_to_its_versions() -> None:
    service = Service(
        code="KBI-NEW",
        version="1.0",
        name_nl="n",
        name_en="n",
        name_fr="n",
        source=Organisation.objects.get(code="KBI"),
    )
    categories = list(DataCategory.objects.filter(code__in=("CONTACT", "IDENTIFICATION")))
    made = change(instance=service, actor=OPERATOR, reason="new service", many={"categories": categories})
    assert made.code == "KBI-NEW/1.0"
    assert made.state["categories"] == ["CONTACT", "IDENTIFICATION"]
    assert made.state["source"] == "KBI"
    narrower = change(instance=service, actor=OPERATOR, reason="narrower", many={"categories": categories[:1]})
    assert narrower.version == 2


@pytest.mark.django_db
def test_a_row_without_a_code_has_versions_too() -> None:
    mandate = ProcessingMandate.objects.filter(processor__code="LEVERANCIER-A").first()
    assert mandate is not None
    mandate.valid_until = date(2030, 1, 1)
    made = change(instance=mandate, actor=OPERATOR, reason="contract ends")
    assert (made.code, made.version, made.state["valid_until"]) == (str(mandate.pk), 2, "2030-01-01")


@pytest.mark.django_db
def test_the_revision_is_one_index_probe(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1) as queries:
        revision = current_revision()
    assert revision == RegisterChange.objects.latest("id").pk
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {queries[0]['sql']}")
        assert "Index Only Scan" in str(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_changes_at_the_same_time_get_versions_of_their_own() -> None:
    change(instance=a_route(), actor=OPERATOR, reason="new road")
    workers, each = 4, 5
    start = threading.Barrier(workers)

    def rename(worker: int) -> None:
        start.wait()
        for turn in range(each):
            route = Route.objects.get(code="PIGEON")
            route.name_nl = f"Duif {worker}-{turn}"
            change(instance=route, actor=OPERATOR, reason="name")
        connection.close()

    threads = [threading.Thread(target=rename, args=(number,)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    steps = history(kind="route", code="PIGEON")
    assert [step.change.version for step in steps] == list(range(workers * each + 1, 0, -1))
    by_version = [step.change.pk for step in reversed(steps)]
    assert by_version == sorted(by_version)


@pytest.mark.django_db(transaction=True)
def test_a_revision_is_not_drawn_before_the_one_below_it_is_visible() -> None:
    """A reader who saw revision n would otherwise believe to have seen everything before it."""
    seen: list[int] = []
    open_change, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            seen.append(change(instance=a_route("SLOW"), actor=OPERATOR, reason="slow").pk)
            open_change.set()
            go_on.wait(timeout=10)
        connection.close()

    def fast() -> None:
        seen.append(change(instance=a_route("FAST"), actor=OPERATOR, reason="fast").pk)
        connection.close()

    threads = [threading.Thread(target=slow), threading.Thread(target=fast)]
    threads[0].start()
    assert open_change.wait(timeout=10)
    threads[1].start()
    _until_somebody_waits_for_the_register()
    assert not Route.objects.filter(code="FAST").exists()
    go_on.set()
    for thread in threads:
        thread.join()
    assert seen[0] < seen[1]


def _until_somebody_waits_for_the_register() -> None:
    with connection.cursor() as cursor:
        for _attempt in range(10_000):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            if cursor.fetchone() != (0,):
                return
    pytest.fail("The second change does not wait for the first.")
