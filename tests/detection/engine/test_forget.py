"""Who was erased is nowhere in what detection keeps; and what is past its term goes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from compliance.detection.behind import behind
from compliance.detection.let_go import let_go
from compliance.detection.models import DetectedDay, Dossier, Finding, KnownUse, PairDay, UserDay
from compliance.detection.vocabulary import FindingState
from compliance.exchanges.people import person_lookup
from compliance.kernel.clock import now
from compliance.kernel.pseudonyms import short
from compliance.retention.erase import erase_person, erase_records
from compliance.simulation.numbers import synthetic_insz
from tests.detection.engine.worlds import DAY, MONDAY, detect_all, found, recorded, told
from tests.retention.acting import ASKED

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper  # type: ignore[attr-defined]  # its package hides it

pytestmark = [pytest.mark.alone, pytest.mark.usefixtures("world")]

PERSON = short(person_lookup("", "insz", synthetic_insz(1)))
OTHER = short(person_lookup("", "insz", synthetic_insz(2)))
USER = short(person_lookup("VDAB", "local", "u-1"))


def _everything_kept() -> str:
    """Return all that detection keeps, as one text."""
    models = (Finding, PairDay, UserDay, KnownUse, Dossier)
    return repr([list(model._default_manager.values_list()) for model in models])


@pytest.fixture
def looked() -> None:
    """Have three look-ups looked at, two about one person and one about another, and a dossier of each."""
    recorded(
        told("M-1", MONDAY, person=1),
        told("M-2", MONDAY + DAY, person=1, user=2),
        told("M-3", MONDAY + DAY, person=2),
    )
    for number, person in enumerate((PERSON, OTHER)):
        Dossier.objects.create(
            partner="VDAB", person=person, dossier=number, holder=USER, opened=MONDAY, told_at=MONDAY
        )
    detect_all()


@pytest.mark.usefixtures("looked")
def test_a_person_who_is_erased_is_forgotten_at_once_and_for_good() -> None:
    assert str(PERSON) in _everything_kept()
    keys = set(Finding.objects.filter(person=PERSON).values_list("key", flat=True))
    erase_person(kind="insz", value=synthetic_insz(1), **ASKED)
    assert str(PERSON) not in _everything_kept()
    assert not keys & set(Finding.objects.values_list("key", flat=True)), "the key was made of the person"
    assert str(OTHER) in _everything_kept()
    detect_all()
    assert str(PERSON) not in _everything_kept()
    assert {row["person"] for row in found().values()} == {None, OTHER}


@pytest.mark.usefixtures("looked")
def test_a_user_who_is_erased_is_forgotten_as_holder_too() -> None:
    erase_person(kind="local", value="u-1", scope="VDAB", **ASKED)
    assert str(USER) not in _everything_kept()
    assert set(Dossier.objects.values_list("holder", flat=True)) == {None}
    detect_all()
    assert str(USER) not in _everything_kept()


def test_a_record_that_is_erased_goes_from_the_profile_of_its_day() -> None:
    one, _ = recorded(told("M-1", MONDAY), told("M-2", MONDAY + DAY))
    detect_all()
    erase_records(exchange_ids=[one], **ASKED)
    detect_all()
    assert list(PairDay.objects.values_list("day", flat=True)) == [MONDAY.date() + DAY]
    ((first, last),) = KnownUse.objects.exclude(user=None).values_list("first", "last")
    assert (first, last) == (MONDAY.date() + DAY, MONDAY.date() + DAY)


@pytest.mark.usefixtures("looked")
def test_a_case_keeps_its_finding_without_the_person() -> None:
    Finding.objects.update(state=FindingState.RAISED)
    count = Finding.objects.count()
    erase_person(kind="insz", value=synthetic_insz(1), **ASKED)
    detect_all()
    assert Finding.objects.filter(state=FindingState.RAISED).count() >= count
    assert str(PERSON) not in _everything_kept()


def test_what_is_past_its_term_goes_but_not_what_a_case_holds(settings: SettingsWrapper) -> None:
    settings.FINDINGS_KEPT_DAYS = 200
    at = now()
    recorded(told("M-1", MONDAY), told("M-2", at - timedelta(days=199), user=2))
    detect_all()
    held, old, *_ = Finding.objects.order_by("id")
    Finding.objects.filter(id__in=[held.id, old.id]).update(found_at=at - timedelta(days=201))
    Finding.objects.filter(id=held.id).update(state=FindingState.RAISED)
    count = Finding.objects.count()
    let_go()
    assert (Finding.objects.count(), Finding.objects.filter(id=held.id).count()) == (count - 1, 1)
    for model in (PairDay, UserDay, DetectedDay):
        assert model._default_manager.count() == 1, "the day within the term"
    assert not KnownUse.objects.filter(user=USER).exists()


def test_an_erasure_opens_no_day_that_nobody_looked_at() -> None:
    (one,) = recorded(told("M-1", MONDAY))
    erase_records(exchange_ids=[one], **ASKED)
    assert behind().days == 0
