"""Authorisations are kept as versions: each says the same for ever."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from compliance.authorisations.draft import Instrument, VersionDraft, conditions_as_json
from compliance.authorisations.models import Authorisation, AuthorisationVersion
from compliance.authorisations.register_version import register_version
from compliance.authorisations.snapshot import current_snapshot
from compliance.authorisations.suspend import AlreadySuspendedError, NotSuspendedError, lift_suspension, suspend
from compliance.authorisations.terms import Ceiling, Conditions, Hours, Stretch
from compliance.authorisations.vocabulary import InstrumentKind
from compliance.authorisations.withdraw import AlreadyWithdrawnError, withdraw
from compliance.kernel.actor import Actor, ActorKind
from compliance.kernel.clock import BRUSSELS, microseconds
from compliance.registry.accountability import MissingReasonError
from compliance.registry.history import history
from compliance.registry.revision import current_revision

OPERATOR = Actor(kind=ActorKind.PERSON, name="operator")
PROTOCOL = Instrument(
    code="PROT-1", kind=InstrumentKind.PROTOCOL, title_nl="Protocol", title_en="Protocol", title_fr="Protocole"
)
DRAFT = VersionDraft(
    provider="KBI",
    recipients=("VDAB",),
    purposes=("JOB-MEDIATION",),
    services=("KBI-TRAJECT", "KBI-DOSSIER/2.0"),
    categories=("IDENTIFICATION", "TRAJECTORY"),
    legal_bases=("VDAB-2004",),
    routes=("MAGDA",),
    environments=("production",),
    valid_from=datetime(2026, 1, 1, tzinfo=BRUSSELS),
)


def register(
    draft: VersionDraft = DRAFT, instrument: Instrument = PROTOCOL, reason: str = "signed"
) -> AuthorisationVersion:
    return register_version(instrument=instrument, draft=draft, actor=OPERATOR, reason=reason)


@pytest.mark.django_db
def test_the_first_version_makes_the_instrument() -> None:
    version = register()
    assert str(version) == "PROT-1/1"
    assert (version.registered_by, version.reason) == ("operator", "signed")
    assert Authorisation.objects.get(code="PROT-1").kind == "protocol"


@pytest.mark.django_db
def test_the_next_version_leaves_the_one_before_as_it_was() -> None:
    first = register()
    second = register(replace(DRAFT, categories=("IDENTIFICATION",)), reason="narrowed")
    assert (first.number, second.number) == (1, 2)
    first.refresh_from_db()
    assert first.categories == ["IDENTIFICATION", "TRAJECTORY"]
    newest, _oldest = history(kind="authorisation", code="PROT-1")
    assert newest.change.reason == "narrowed"
    assert {each.field for each in newest.differences} == {"number", "categories"}


@pytest.mark.django_db
def test_a_version_that_says_the_same_is_a_version_too() -> None:
    before = current_revision()
    assert [register().number, register().number] == [1, 2]
    assert current_revision() > before + 1


@pytest.mark.django_db
def test_a_new_title_comes_with_the_version_that_brings_it() -> None:
    register()
    register(instrument=replace(PROTOCOL, title_nl="Protocol over bemiddeling"))
    assert Authorisation.objects.get(code="PROT-1").title_nl == "Protocol over bemiddeling"


@pytest.mark.django_db
def test_the_kind_of_an_instrument_never_changes() -> None:
    register()
    with pytest.raises(ValidationError) as refused:
        register(instrument=replace(PROTOCOL, kind=InstrumentKind.DELIBERATION))
    assert set(refused.value.message_dict) == {"kind"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "codes"),
    [
        ("provider", "NOBODY"),
        ("recipients", ("VDAB", "NOBODY")),
        ("recipients", ()),
        ("purposes", ("NOTHING",)),
        ("services", ("KBI-TRAJECT/9.9",)),
        ("categories", ()),
        ("legal_bases", ("NO-LAW",)),
        ("routes", ("PIGEON",)),
        ("environments", ("moon",)),
        ("valid_until", datetime(2026, 1, 1, tzinfo=BRUSSELS)),
        ("valid_from", datetime(2026, 1, 1)),  # noqa: DTZ001 - that is the mistake
        ("document_digest", "x" * 65),
    ],
)
def test_a_version_with_what_the_register_does_not_know_is_refused(field: str, codes: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        register(replace(DRAFT, **{field: codes}))
    assert field in refused.value.message_dict
    assert not Authorisation.objects.filter(code="PROT-1").exists()


@pytest.mark.django_db
def test_a_version_without_a_reason_is_refused() -> None:
    with pytest.raises(MissingReasonError):
        register(reason="")
    assert not Authorisation.objects.filter(code="PROT-1").exists()


@pytest.mark.django_db
def test_conditions_are_kept_as_the_verdict_reads_them() -> None:
    conditions = Conditions(
        hours=Hours(weekdays=(1, 2), start="07:00", end="19:00"),
        ceilings=(Ceiling(count=1, period="week"),),
        user_groups=("counsellor",),
    )
    version = register(replace(DRAFT, conditions=conditions))
    version.refresh_from_db()
    assert version.conditions == {
        "hours": {"weekdays": [1, 2], "from": "07:00", "until": "19:00"},
        "ceilings": [{"count": 1, "period": "week"}],
        "user_groups": ["counsellor"],
    }
    found = next(terms for terms in current_snapshot().terms if terms.reference == "PROT-1/1")
    assert found.conditions == conditions
    assert conditions_as_json(Conditions()) == {}


@pytest.mark.django_db
def test_a_new_version_reaches_who_judges() -> None:
    before = current_snapshot()
    register()
    after = current_snapshot()
    assert {terms.reference for terms in after.terms} - {terms.reference for terms in before.terms} == {"PROT-1/1"}


@pytest.mark.django_db
def test_a_withdrawal_is_for_ever_and_reaches_who_judges() -> None:
    authorisation = register().authorisation
    moment = datetime(2026, 6, 1, tzinfo=BRUSSELS)
    withdraw(authorisation=authorisation, withdrawn_from=moment, actor=OPERATOR, reason="abused")
    found = next(terms for terms in current_snapshot().terms if terms.reference == "PROT-1/1")
    assert found.withdrawn_from is not None
    with pytest.raises(AlreadyWithdrawnError):
        withdraw(authorisation=authorisation, withdrawn_from=moment, actor=OPERATOR, reason="again")
    assert history(kind="authorisation", code="PROT-1")[0].change.reason == "abused"


@pytest.mark.django_db
def test_a_suspension_holds_until_it_is_lifted_and_each_reaches_who_judges() -> None:
    authorisation = register().authorisation
    june, july = datetime(2026, 6, 1, tzinfo=BRUSSELS), datetime(2026, 7, 1, tzinfo=BRUSSELS)
    suspend(authorisation=authorisation, suspended_from=june, actor=OPERATOR, reason="a breach is looked into")
    assert suspended() == ((microseconds(june), None),)
    with pytest.raises(AlreadySuspendedError):
        suspend(authorisation=authorisation, suspended_from=june, actor=OPERATOR, reason="again")
    lift_suspension(authorisation=authorisation, lifted_from=july, actor=OPERATOR, reason="it is mended")
    assert suspended() == ((microseconds(june), microseconds(july)),)
    with pytest.raises(NotSuspendedError):
        lift_suspension(authorisation=authorisation, lifted_from=july, actor=OPERATOR, reason="again")
    suspend(authorisation=authorisation, suspended_from=july, actor=OPERATOR, reason="it happened again")
    assert suspended() == ((microseconds(june), microseconds(july)), (microseconds(july), None))
    reasons = [one.change.reason for one in history(kind="authorisation", code="PROT-1")]
    assert reasons == ["it happened again", "it is mended", "a breach is looked into", "signed"]


@pytest.mark.django_db
def test_a_suspension_is_not_lifted_before_it_begins() -> None:
    authorisation = register().authorisation
    june = datetime(2026, 6, 1, tzinfo=BRUSSELS)
    suspend(authorisation=authorisation, suspended_from=june, actor=OPERATOR, reason="a breach")
    with pytest.raises(ValidationError) as refused:
        lift_suspension(
            authorisation=authorisation, lifted_from=june - timedelta(days=1), actor=OPERATOR, reason="too early"
        )
    assert set(refused.value.message_dict) == {"lifted_from"}
    lift_suspension(authorisation=authorisation, lifted_from=june, actor=OPERATOR, reason="a mistake")
    assert suspended() == ((microseconds(june), microseconds(june)),)


@pytest.mark.django_db
def test_what_was_withdrawn_is_not_suspended() -> None:
    authorisation = register().authorisation
    june = datetime(2026, 6, 1, tzinfo=BRUSSELS)
    withdraw(authorisation=authorisation, withdrawn_from=june, actor=OPERATOR, reason="abused")
    with pytest.raises(AlreadyWithdrawnError):
        suspend(authorisation=authorisation, suspended_from=june, actor=OPERATOR, reason="too late")
    earlier = june - timedelta(days=1)
    assert suspend(authorisation=authorisation, suspended_from=earlier, actor=OPERATOR, reason="one day").pk


def suspended() -> tuple[Stretch, ...]:
    """Return when the protocol was suspended, as who judges knows it."""
    return next(terms for terms in current_snapshot().terms if terms.reference == "PROT-1/1").suspended


@pytest.mark.django_db(transaction=True)
def test_versions_registered_at_the_same_time_get_numbers_of_their_own() -> None:
    workers = 4
    start = threading.Barrier(workers)

    def sign() -> None:
        start.wait()
        register()
        connection.close()

    threads = [threading.Thread(target=sign) for _worker in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = AuthorisationVersion.objects.filter(authorisation__code="PROT-1").order_by("number")
    assert list(numbers.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert len(history(kind="authorisation", code="PROT-1")) == workers
