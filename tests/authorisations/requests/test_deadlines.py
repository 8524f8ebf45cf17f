"""Each state that waits has a term in working days; people are reminded of it, and officers see what is late."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.authorisations.requests.advise import advise
from compliance.authorisations.requests.attention import waiting_requests
from compliance.authorisations.requests.deadlines import NEAR_DAYS, TERMS, due_at, spans
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.queries import OPEN_STATES
from compliance.authorisations.requests.remind import remind_of_terms
from compliance.authorisations.requests.sign import sign, text_to_sign
from compliance.authorisations.requests.vocabulary import Opinion, RequestState
from compliance.kernel.actor import system
from compliance.kernel.clock import BRUSSELS
from compliance.notices.models import Notice
from compliance.registry.change import change
from compliance.registry.models import ClosingDay
from compliance.registry.terms import end_of_term
from compliance.registry.working_days import count_working_days
from tests.authorisations.requests import asking
from tests.authorisations.requests.asking import again

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_django import DjangoAssertNumQueries

    from compliance.access.models import Account

    Cast = Mapping[str, Account]

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def at(day: int, month: int = 3, hour: int = 12) -> datetime:
    """Return a moment of 2027."""
    return datetime(2027, month, day, hour, tzinfo=BRUSSELS)


def since(request: AuthorisationRequest, moment: datetime, *, state: str = "") -> AuthorisationRequest:
    """Return the request as if it stood there since a moment."""
    AuthorisationRequest.objects.filter(pk=request.pk).update(state_since=moment, state=state or request.state)
    return again(request)


def test_exactly_the_states_that_wait_for_somebody_have_a_term() -> None:
    assert set(TERMS) == set(OPEN_STATES)


def test_a_term_is_so_many_working_days_and_ends_with_the_last(cast: Cast) -> None:
    request = since(asking.submitted(cast), at(1))  # a Monday; Easter Monday is 29 March
    assert due_at(request) == datetime(2027, 3, 31, tzinfo=BRUSSELS) - timedelta(microseconds=1)


def test_what_waits_for_nobody_has_no_term(cast: Cast) -> None:
    request = asking.submitted(cast)
    for state in set(RequestState) - set(TERMS):
        assert due_at(since(request, at(1), state=state)) is None


def test_both_advisers_have_one_term_from_the_day_of_submission(cast: Cast) -> None:
    request = asking.submitted(cast)
    due = due_at(request)
    advise(request=request, account=cast["vdab-dpo"], opinion=Opinion.POSITIVE, advice="Evenredig.")
    request = since(again(request), at(1, month=6))
    assert request.state == RequestState.ADVICE
    assert due_at(request) == due


@given(began=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)), days=st.integers(1, 60))  # noqa: DTZ001 - made aware below
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_between_beginning_and_end_lie_as_many_working_days_as_the_term_says(
    register: None, began: datetime, days: int
) -> None:
    began = began.replace(tzinfo=BRUSSELS)
    end = end_of_term(began, days).astimezone(BRUSSELS)
    assert count_working_days(began.date() + DAY, end.date() + DAY) == days
    assert count_working_days(end.date(), end.date() + DAY) == 1


def test_days_on_which_we_are_closed_do_not_count_however_many(cast: Cast) -> None:
    for number in range(70):
        day = date(2027, 3, 1) + number * DAY
        change(
            instance=ClosingDay(day=day, name_nl="Dicht", name_en="Closed", name_fr="Fermé"),
            actor=system("test"),
            reason="a long pause",
        )
    assert end_of_term(at(1), 1).astimezone(BRUSSELS).date() == date(2027, 5, 10)


def test_the_terms_of_many_requests_cost_as_many_queries_as_those_of_one(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    requests = [asking.submitted(cast) for _ in range(3)]
    advise(request=requests[0], account=cast["vdab-dpo"], opinion=Opinion.POSITIVE, advice="Evenredig.")
    requests = [again(one) for one in requests]
    spans(requests)
    with django_assert_num_queries(2):  # when those with one advice were submitted; the revision of the register
        assert len(spans(requests)) == 3


def reminded(moment: datetime) -> dict[str, list[str]]:
    """Let the clock remind; return who was told what just now."""
    before = set(Notice.objects.values_list("pk", flat=True))
    remind_of_terms(at=moment)
    told: dict[str, list[str]] = {}
    for notice in Notice.objects.exclude(pk__in=before).select_related("recipient").order_by("pk"):
        told.setdefault(notice.kind, []).append(notice.recipient.username)
    return {kind: sorted(people) for kind, people in told.items()}


def test_people_are_reminded_halfway_shortly_before_and_after_the_end_once_each(cast: Cast) -> None:
    request = since(asking.submitted(cast), at(1))
    advise(request=request, account=cast["officer"], opinion=Opinion.POSITIVE, advice="Evenredig.")
    [span] = spans([again(request)]).values()
    moments = [span.began_at, span.half_at, span.near_at, span.due_at]
    assert moments == sorted(moments)
    instant = timedelta(microseconds=1)
    assert reminded(span.began_at + instant) == {}
    for moment in (span.half_at, span.near_at):
        assert reminded(moment) == {}
        assert reminded(moment + instant) == {"deadline-near": ["vdab-dpo"]}
        assert reminded(moment + 2 * instant) == {}
    assert reminded(span.due_at + instant) == {"deadline-passed": ["officer", "second-officer", "vdab-dpo"]}
    assert reminded(span.due_at + 100 * DAY) == {}


def test_after_a_pause_only_the_last_reminder_is_told(cast: Cast) -> None:
    request = asking.submitted(cast)
    due = due_at(request)
    assert due is not None
    assert set(reminded(due + DAY)) == {"deadline-passed"}


def test_three_working_days_before_is_counted_over_a_weekend(cast: Cast) -> None:
    [span] = spans([since(asking.submitted(cast), at(1))]).values()
    near, due = span.near_at.astimezone(BRUSSELS).date(), span.due_at.astimezone(BRUSSELS).date()
    assert count_working_days(near, due) == NEAR_DAYS


def test_who_has_signed_is_not_reminded_to_sign(cast: Cast) -> None:
    request = asking.granted(cast)
    for username in ("vdab-requester", "officer", "second-officer"):
        digest = text_to_sign(request).protocol_digest
        sign(request=again(request), account=cast[username], protocol_digest=digest)
    [span] = spans([again(request)]).values()
    assert reminded(span.half_at + DAY) == {"deadline-near": ["vdab-dpo"]}


def test_a_request_that_went_on_is_not_reminded_of(cast: Cast) -> None:
    request = asking.live(cast)
    assert reminded(request.state_since + 900 * DAY) == {}


def test_people_see_what_waits_for_them_and_officers_what_is_late_elsewhere(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ready, asked, live = asking.advised(cast), asking.submitted(cast), asking.live(cast)
    advise(request=asked, account=cast["officer"], opinion=Opinion.POSITIVE, advice="Evenredig.")
    due = due_at(again(asked))
    assert due is not None
    with django_assert_max_num_queries(6):
        early = waiting_requests(cast["second-officer"], at=due - DAY)
    assert early.own == (ready,)
    assert early.late_elsewhere == ()
    late = waiting_requests(cast["second-officer"], at=due + timedelta(seconds=1))
    assert late.late_elsewhere == (asked,)
    assert waiting_requests(cast["officer"], at=due - DAY).own == ()  # the officer advised on both
    assert waiting_requests(cast["vdab-dpo"], at=due - DAY).own == (asked,)
    assert live.state == RequestState.IN_PRODUCTION
    for stranger in ("vmsw-requester", "nobody"):
        assert waiting_requests(cast[stranger], at=due + 900 * DAY) == waiting_requests(cast["nobody"], at=due)
