"""An exchange that quotes a decision of the gate is held against it, and recorded whatever is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from compliance.authorisations.evaluate import evaluate
from compliance.authorisations.models import Authorisation
from compliance.authorisations.snapshot import current_snapshot
from compliance.authorisations.usage import Usage
from compliance.authorisations.withdraw import withdraw
from compliance.exchanges import leaf as entry
from compliance.exchanges.prepare import Preparer, key
from compliance.exchanges.quoted_decision import question_of
from compliance.exchanges.read_leaf import read_leaf
from compliance.exchanges.record import record
from compliance.exchanges.submission import Asker, ServiceVersion, Submission, User
from compliance.kernel.actor import system
from compliance.kernel.clock import microseconds, now
from compliance.kernel.errors import InvalidInputError
from compliance.registry.models import DataCategory
from tests.authorisations.questions import codes, moments, registers, snapshot_of
from tests.exchanges.random_reports import references
from tests.exchanges.world import GATEWAY, INSZ, START, make_world, report
from tests.properties import patient

if TYPE_CHECKING:
    from compliance.authorisations.terms import Terms

environments = st.sampled_from(("production", "acceptance"))
small_reports = st.builds(
    Submission,
    message_reference=references,
    started_at=moments.map(lambda at: START - timedelta(microseconds=microseconds(START) - at)),
    asker=st.builds(
        Asker,
        organisation=codes,
        on_behalf_of=st.none() | codes,
        user=st.none() | st.builds(User, kind=st.just("local"), value=st.just("u"), group=st.none() | codes),
    ),
    source=codes,
    service=st.builds(ServiceVersion, code=codes, version=st.sampled_from("12")),
    purpose=codes,
    legal_basis=codes,
    route=codes,
    direction=st.just("provided"),
    outcome=st.just("succeeded"),
    categories_requested=st.lists(codes, max_size=2, unique=True).map(tuple),
    categories_delivered=st.lists(codes, max_size=2, unique=True).map(tuple),
    trigger=st.sampled_from(("automatic", "manual")),
    environment=environments,
)


@pytest.fixture
def world(db: None) -> None:
    """Keep the usual small world, with its categories in the register."""
    for code in ("IDENTIFICATIE", "TRAJECT"):
        DataCategory.objects.create(code=code, name_nl=code, name_en=code, name_fr=code)
    make_world()


def decide(told: Submission, *, at: Any = None, **asked: Any) -> str:
    """Return the identifier of the decision on what this exchange is, with changes to the question."""
    moment = microseconds(at or told.started_at)
    question = question_of(told)._replace(**asked)
    return evaluate(question=question, at=moment, issued_at=moment, snapshot=current_snapshot()).decision_id


def kept(**changes: Any) -> entry.LeafDecision | None:
    """Record the exchange, and return what its entry says of the decision."""
    (recorded,) = record(reports=[report(**changes)], reporter=GATEWAY)
    return read_leaf(exchange_id=recorded.id).decision


@pytest.mark.usefixtures("world")
def test_what_was_asked_and_allowed_matches_and_the_entry_keeps_the_identifier() -> None:
    quoted = decide(report())
    assert kept(decision=quoted) == entry.LeafDecision(finding="matches", id=quoted)


@pytest.mark.usefixtures("world")
def test_less_than_was_asked_matches_too() -> None:
    quoted = decide(report())
    found = kept(decision=quoted, categories_requested=["IDENTIFICATIE"], categories_delivered=[])
    assert found is not None
    assert found.finding == "matches"


@pytest.mark.usefixtures("world")
def test_an_exchange_that_quotes_nothing_says_nothing_of_it() -> None:
    (recorded,) = record(reports=[report()], reporter=GATEWAY)
    assert read_leaf(exchange_id=recorded.id).decision is None
    assert b'"decision"' not in entry.encode(read_leaf(exchange_id=recorded.id))


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("changes", "differs"),
    [
        ({"asker": {"organisation": "VMSW", "user": {"kind": "local", "value": "u-77"}}}, ("asker",)),
        (
            {"asker": {"organisation": "VDAB", "on_behalf_of": "VMSW", "user": {"kind": "local", "value": "u"}}},
            ("asker",),
        ),
        ({"service": {"code": "KBI-TRAJECT", "version": "2.0"}}, ("service",)),
        ({"purpose": "OTHER", "legal_basis": "OTHER"}, ("purpose", "legal-basis")),
        ({"environment": "acceptance"}, ("environment",)),
        ({"trigger": "automatic"}, ("user-group",)),
        (
            {"asker": {"organisation": "VDAB", "user": {"kind": "local", "value": "u", "group": "chief"}}},
            ("user-group",),
        ),
        ({"categories_delivered": ["TRAJECT", "MEDISCH"]}, ("categories",)),
    ],
)
def test_what_is_another_exchange_than_was_asked_differs_in_what_it_says(
    changes: dict[str, Any], differs: tuple[str, ...]
) -> None:
    quoted = decide(report())
    found = kept(**{**changes, "decision": quoted})
    assert found == entry.LeafDecision(differs=differs, finding="differs", id=quoted)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("asked_after", "finding"),
    [
        (timedelta(seconds=-300), "matches"),
        (timedelta(seconds=-301), "another-time"),
        (timedelta(seconds=59), "matches"),
        (timedelta(seconds=61), "afterwards"),
        (timedelta(days=-1), "another-time"),
    ],
)
def test_a_decision_holds_for_a_while_and_not_for_what_was_over(asked_after: timedelta, finding: str) -> None:
    found = kept(decision=decide(report(), at=START + asked_after))
    assert found is not None
    assert found.finding == finding


@pytest.mark.usefixtures("world")
def test_a_long_exchange_may_be_asked_while_it_lasts() -> None:
    quoted = decide(report(), at=START + timedelta(seconds=50))
    found = kept(decision=quoted, ended_at="2016-03-01T09:20:00Z")
    assert found is not None
    assert found.finding == "matches"


@pytest.mark.usefixtures("world")
def test_what_was_denied_is_recorded_as_denied() -> None:
    changes: dict[str, Any] = {"purpose": "OTHER"}
    quoted = decide(report(**changes))
    assert kept(**changes, decision=quoted) == entry.LeafDecision(finding="denied", id=quoted)


@pytest.mark.usefixtures("world")
def test_an_authorisation_that_changed_in_between_shows() -> None:
    quoted = decide(report())
    withdraw(
        authorisation=Authorisation.objects.get(code="TEST-PROTOCOL"),
        withdrawn_from=START - timedelta(days=1),
        actor=system("test"),
        reason="abused",
    )
    assert kept(decision=quoted) == entry.LeafDecision(finding="judged-otherwise", id=quoted)


@pytest.mark.usefixtures("world")
def test_what_nobody_gave_is_recorded_as_not_ours() -> None:
    assert kept(decision="made-up") == entry.LeafDecision(finding="not-ours", id="made-up")


@pytest.mark.usefixtures("world")
def test_a_national_number_is_no_decision() -> None:
    with pytest.raises(InvalidInputError) as refused:
        record(reports=[report(decision=INSZ)], reporter=GATEWAY)
    assert [error.pointer for error in refused.value.errors] == ["/0/decision"]


@patient
@given(registers, small_reports)
def test_the_gate_and_the_recorder_agree_on_every_question(terms: list[Terms], told: Submission) -> None:
    in_production = [replace(version, environments=frozenset({"production"})) for version in terms]
    snapshot = snapshot_of(in_production)
    at = microseconds(told.started_at)
    evaluation = evaluate(question=question_of(told), at=at, issued_at=at, snapshot=snapshot)
    preparer = Preparer(snapshot=snapshot, usage=Usage(), received_at=now(), actor=system("test"))
    quoting = structs.replace(told, decision=evaluation.decision_id)
    (prepared,) = preparer.prepare([key(quoting, producer="KBI")])
    assert prepared.judgement == evaluation.judgement
    found = entry.decode(prepared.leaf).decision
    assert found is not None
    assert found.finding == ("denied" if evaluation.judgement.reasons else "matches")
