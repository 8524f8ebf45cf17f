"""The answer of 2016 over the published figures, built once for the tests that only look at it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from compliance.reporting.answer import build_answer
from compliance.reporting.months import Month
from tests.reporting.counts import keep, published_year, state_scale

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

    from compliance.reporting.answer_shape import Answer

JANUARY, DECEMBER = Month(2016, 1), Month(2016, 12)


@pytest.fixture(scope="session")
def answer(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Answer:
    """Return the answer for 2016, compared with 2015 and 2014."""
    with django_db_blocker.unblock(), transaction.atomic():
        keep(published_year())
        built = build_answer(first=JANUARY, last=DECEMBER, compare=(2015, 2014))
        transaction.set_rollback(True)
    return built


@pytest.fixture(scope="session")
def demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Answer:
    """Return the same at one in fifty."""
    with django_db_blocker.unblock(), transaction.atomic():
        keep(published_year(Fraction(1, 50)))
        state_scale(Fraction(1, 50))
        built = build_answer(first=JANUARY, last=DECEMBER, compare=(2015, 2014))
        transaction.set_rollback(True)
    return built
