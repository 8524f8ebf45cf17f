"""Authorisations, to read: how they stand, and what a version allows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from compliance.authorisations.models import Authorisation, AuthorisationVersion, AuthorisationWithdrawal
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
