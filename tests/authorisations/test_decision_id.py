"""The identifier of a decision: what it says, and that nobody else can make one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from compliance.authorisations import decision_id
from compliance.authorisations.decision_id import (
    MOST_CATEGORIES,
    TAGGED,
    bits_of,
    read_decision,
    tags_of,
    write_decision,
)
from compliance.authorisations.judgement import Judgement, Reason
from compliance.authorisations.question import Question
from compliance.authorisations.vocabulary import Verdict
from compliance.exchanges.submission import Reference
from compliance.kernel.identifiers import holds_insz
from tests.properties import patient

if TYPE_CHECKING:
    import pytest

import msgspec

codes = st.text("AB-", min_size=1, max_size=3)
questions = st.builds(
    Question,
    asker=codes,
    on_behalf_of=st.none() | codes,
    source=codes,
    service=codes,
    service_version=codes,
    purpose=codes,
    legal_basis=codes,
    categories=st.just(()),
    route=codes,
    environment=codes,
    user_group=st.none() | st.just("") | codes,
)
numbers = st.sets(st.integers(1, MOST_CATEGORIES - 1))
judgements = st.builds(
    lambda reasons: Judgement(reasons[0].verdict if reasons else Verdict.COVERED, tuple(reasons), "CODE/1"),
    st.lists(st.sampled_from(list(Verdict)[1:]).map(Reason), max_size=2),
)
moments = st.integers(0, 4_000_000_000).map(lambda seconds: seconds * 1_000_000)
identifiers = st.builds(
    lambda question, categories, judgement, issued_at, at: write_decision(
        question=question, categories=categories, judgement=judgement, issued_at=issued_at, at=at
    ),
    questions,
    numbers,
    judgements,
    moments,
    moments,
)


@patient
@given(questions, numbers, judgements, moments, moments)
def test_it_says_when_it_was_given_for_which_moment_what_was_asked_and_whether_it_was_allowed(
    question: Question, categories: set[int], judgement: Judgement, issued_at: int, at: int
) -> None:
    told: dict[str, Any] = {"question": question, "categories": categories, "judgement": judgement}
    decision = read_decision(write_decision(**told, issued_at=issued_at + 999, at=at))
    assert decision is not None
    assert (decision.issued_at, decision.at) == (issued_at, at)
    assert decision.permitted == (judgement.verdict is Verdict.COVERED)
    assert decision.tags == tags_of(question)
    assert decision.categories == bits_of(categories)


@patient
@given(questions, questions)
def test_another_question_has_other_tags(one: Question, other: Question) -> None:
    parts = [
        (question.asker, question.on_behalf_of or "", question.source, question.service, question.service_version)
        for question in (one, other)
    ]
    if parts[0] != parts[1]:
        assert tags_of(one)[:3] != tags_of(other)[:3]
    for position, name in enumerate(TAGGED[3:7], 3):
        field = name.replace("-", "_")
        same = getattr(one, field) == getattr(other, field)
        assert (tags_of(one)[position] == tags_of(other)[position]) == same
    assert (tags_of(one)[-1] == tags_of(other)[-1]) == (one.user_group == other.user_group)


@patient
@given(identifiers)
def test_it_fits_where_a_reference_goes_and_holds_no_digit(identifier: str) -> None:
    assert msgspec.convert(identifier, Reference) == identifier
    assert identifier.isascii()
    assert identifier.isprintable()
    assert " " not in identifier
    assert not any(character.isdigit() for character in identifier)
    assert not holds_insz(identifier)


@patient
@given(identifiers, st.data())
def test_one_character_changed_added_or_left_out_makes_it_nobodys(identifier: str, chance: st.DataObject) -> None:
    position = chance.draw(st.integers(0, len(identifier) - 1))
    other = chance.draw(st.sampled_from(sorted(set(identifier) | set("AZaz09-_.~="))))
    changed = identifier[:position] + other + identifier[position + 1 :]
    shortened = identifier[:position] + identifier[position + 1 :]
    for altered in {changed, shortened, identifier + other, other + identifier} - {identifier}:
        assert read_decision(altered) is None


@patient
@given(st.text(max_size=130) | st.text("ABCabc-_.~:,@+=^*/", min_size=80, max_size=119))
def test_what_somebody_makes_up_is_not_ours(text: str) -> None:
    assert read_decision(text) is None


def test_one_of_another_service_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    question = Question("A", None, "B", "S", "1", "P", "L", (), "R", "production", None)
    told: dict[str, Any] = {"question": question, "categories": (), "judgement": Judgement(Verdict.COVERED)}
    monkeypatch.setattr(decision_id, "_key", lambda: bytes(32))
    foreign = write_decision(**told, issued_at=0, at=0)
    assert read_decision(foreign) is not None
    monkeypatch.undo()
    assert read_decision(foreign) is None


def test_what_does_not_fit_is_left_out_of_the_categories() -> None:
    assert bits_of([1, MOST_CATEGORIES]) == bits_of([1]) == 2
