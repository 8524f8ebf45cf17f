"""Authorisations, to read: how they stand, and what a version allows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from compliance.authorisations.models import (
    Authorisation,
    AuthorisationSuspension,
    AuthorisationVersion,
    AuthorisationWithdrawal,
    SuspensionLifting,
)
from compliance.console.instruments import Standing, instruments
from compliance.kernel.clock import now
from tests.console.reading import addresses_in, words_of

if TYPE_CHECKING:
    from django.test import Client

    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db
JANUARY = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def officer(client_of: ClientOf) -> Client:
    """Return the officer's browser."""
    return client_of("officer")


def instrument(*, ends: datetime | None = None, withdrawn: datetime | None = None, **terms: object) -> Authorisation:
    """Keep an authorisation of one version, from January 2026."""
    made = Authorisation.objects.create(code="NEW", kind="protocol", title_nl="t", title_en="New one", title_fr="t")
    facts = {"provider": "KBI", "recipients": ["VDAB"], "valid_from": JANUARY, "valid_until": ends, "reason": "test"}
    AuthorisationVersion.objects.create(
        authorisation=made, number=1, registered_at=now(), registered_by="operator", **{**facts, **terms}
    )
    if withdrawn:
        AuthorisationWithdrawal.objects.create(
            authorisation=made, withdrawn_from=withdrawn, registered_at=now(), registered_by="operator", reason="Misuse"
        )
    return made


@pytest.mark.parametrize(
    ("days", "ends", "withdrawn", "standing"),
    [
        (-1, None, None, Standing.NOT_YET),
        (0, None, None, Standing.IN_FORCE),
        (0, 91, None, Standing.IN_FORCE),
        (0, 90, None, Standing.ENDING),
        (89, 90, None, Standing.ENDING),
        (90, 90, None, Standing.EXPIRED),
        (0, None, 30, Standing.ENDING),
        (30, None, 30, Standing.WITHDRAWN),
        (100, 90, 30, Standing.WITHDRAWN),
    ],
)
def test_an_authorisation_stands_as_its_dates_say(
    register: None, days: int, ends: int | None, withdrawn: int | None, standing: Standing
) -> None:
    instrument(
        ends=None if ends is None else JANUARY + timedelta(days=ends),
        withdrawn=None if withdrawn is None else JANUARY + timedelta(days=withdrawn),
    )
    found = instruments(at=JANUARY + timedelta(days=days))
    assert next(one.standing for one in found if one.authorisation.code == "NEW") is standing


@pytest.mark.parametrize(
    ("days", "standing"),
    [(9, Standing.ENDING), (10, Standing.SUSPENDED), (19, Standing.SUSPENDED), (20, Standing.ENDING)],
)
def test_an_authorisation_is_suspended_until_that_is_lifted(register: None, days: int, standing: Standing) -> None:
    suspended(instrument(ends=JANUARY + timedelta(days=90)), 10, 20)
    found = instruments(at=JANUARY + timedelta(days=days))
    assert next(one.standing for one in found if one.authorisation.code == "NEW") is standing


@pytest.mark.parametrize(("days", "standing"), [(40, Standing.WITHDRAWN), (-1, Standing.NOT_YET)])
def test_what_does_not_stand_is_not_called_suspended(register: None, days: int, standing: Standing) -> None:
    suspended(instrument(withdrawn=JANUARY + timedelta(days=30)), -10, None)
    found = instruments(at=JANUARY + timedelta(days=days))
    assert next(one.standing for one in found if one.authorisation.code == "NEW") is standing


def test_a_suspension_stands_above_everything_until_it_is_over(officer: Client) -> None:
    made = instrument()
    suspended(made, 10, 20)
    words = words_of(officer.get("/authorisations/NEW/1/"))
    over = "Suspended from 11 January 2026, 01:00 until 21 January 2026, 01:00. Reason: “A breach”"
    assert f"Suspensions that are over {over} Lifted because: “Mended”" in words
    suspended(made, 30, None)
    words = words_of(officer.get("/authorisations/NEW/1/"))
    assert "Suspended from 31 January 2026, 01:00, until it is lifted. Reason: “A breach”" in words


def suspended(authorisation: Authorisation, first: int, end: int | None) -> None:
    """Keep a suspension, in days after the first of January."""
    kept = {"registered_at": now(), "registered_by": "operator"}
    suspension = AuthorisationSuspension.objects.create(
        authorisation=authorisation, suspended_from=JANUARY + timedelta(days=first), reason="A breach", **kept
    )
    if end is not None:
        SuspensionLifting.objects.create(
            suspension=suspension, lifted_from=JANUARY + timedelta(days=end), reason="Mended", **kept
        )


def test_all_authorisations_are_listed_with_their_present_version(officer: Client) -> None:
    page = officer.get("/authorisations/")
    assert "/authorisations/VTC-VB-2014-01/2/" in addresses_in(page)
    assert "Crossroads Bank for Civic Integration to VDAB" in words_of(page)


def test_a_version_says_what_it_allows_from_when_until_the_next(officer: Client) -> None:
    words = words_of(officer.get("/authorisations/VTC-VB-2014-01/1/"))
    assert "The Crossroads Bank for Civic Integration may give personal data to VDAB" in words
    assert "Job mediation for newcomers and Guidance to training" in words
    assert "from 1 December 2014 until 1 April 2016 (excluded)" in words
    assert "VTC-VB-2014-01, versie 1 (voorbeeld)" in words


def test_conditions_are_put_into_words(officer: Client) -> None:
    instrument(
        conditions={
            "hours": {"weekdays": [1, 2], "from": "07:00", "until": "19:00"},
            "ceilings": [{"count": 1200, "period": "week"}],
            "user_groups": ["bemiddelaar"],
        }
    )
    words = words_of(officer.get("/authorisations/NEW/1/"))
    assert "Only on Monday and Tuesday, from 07:00 until 19:00." in words
    assert "At most 1,200 exchanges a week." in words
    assert "By hand only by these groups of users: bemiddelaar." in words


def test_a_withdrawal_stands_above_everything(officer: Client) -> None:
    instrument(withdrawn=JANUARY + timedelta(days=30))
    assert "Withdrawn from 31 January 2026" in words_of(officer.get("/authorisations/NEW/1/"))


def test_a_version_that_does_not_exist_is_not_found(officer: Client) -> None:
    assert officer.get("/authorisations/VTC-VB-2014-01/9/").status_code == 404
