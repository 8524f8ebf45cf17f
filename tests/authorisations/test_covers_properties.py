"""What holds for every register, every exchange and every moment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given
from hypothesis import strategies as st

from compliance.authorisations.covers import Coverage
from compliance.authorisations.narrow import Narrowing, narrow
from compliance.authorisations.vocabulary import Verdict
from compliance.kernel.errors import InvalidInputError
from tests.authorisations.questions import codes, groups, moments, plainly, registers, shapes, usages
from tests.properties import patient

if TYPE_CHECKING:
    from compliance.authorisations.judgement import Shape
    from compliance.authorisations.terms import Terms
    from compliance.authorisations.usage import Usage

some = st.frozensets(codes, max_size=1)
narrowings = st.builds(
    Narrowing,
    authorisation=st.sampled_from(("ONE", "TWO", "ONE/1", "ONE/2", "TWO/3")),
    recipients=some,
    services=st.frozensets(st.sampled_from(("A", "B", "A/1")), max_size=1),
    categories=some,
    purposes=some,
    legal_bases=some,
    routes=some,
    hours=st.none()
    | st.tuples(st.integers(0, 11), st.integers(12, 23)).map(lambda ends: tuple(f"{at:02d}:00" for at in ends)),
    valid_until=st.none() | moments,
)


@patient
@given(registers, shapes, st.lists(moments, min_size=1, max_size=6), groups, usages)
def test_the_remembered_answer_is_the_one_worked_out_plainly(
    terms: list[Terms], shape: Shape, asked: list[int], group: str | None, usage: Usage
) -> None:
    coverage = Coverage(terms)
    for at in asked:
        given_verdict = coverage.judge(shape, at=at, user_group=group, usage=usage)
        assert given_verdict == plainly(terms, shape, at=at, user_group=group, usage=usage)


@patient
@given(registers, shapes, groups, usages)
def test_it_holds_one_microsecond_before_at_and_after_every_beginning_and_end(
    terms: list[Terms], shape: Shape, group: str | None, usage: Usage
) -> None:
    coverage = Coverage(terms)
    for version in terms:
        suspended = [moment for stretch in version.suspended for moment in stretch]
        for end in (version.valid_from, version.valid_until, version.withdrawn_from, *suspended):
            for at in () if end is None else (end - 1, end, end + 1):
                assert coverage.judge(shape, at=at, user_group=group, usage=usage) == plainly(
                    terms, shape, at=at, user_group=group, usage=usage
                )


@patient
@given(registers, st.randoms(use_true_random=False), shapes, moments, groups, usages)
def test_the_order_of_authorisations_does_not_matter(
    terms: list[Terms], order: Any, shape: Shape, at: int, group: str | None, usage: Usage
) -> None:
    shuffled = [*terms]
    order.shuffle(shuffled)
    one, other = Coverage(terms), Coverage(shuffled)
    asked: dict[str, Any] = {"at": at, "user_group": group, "usage": usage}
    assert one.judge(shape, **asked) == other.judge(shape, **asked)


@patient
@given(registers, shapes, moments, groups, usages)
def test_a_suspension_only_ever_takes_away_and_what_is_lifted_is_as_it_was(
    terms: list[Terms], shape: Shape, at: int, group: str | None, usage: Usage
) -> None:
    free = Coverage([replace(version, suspended=()) for version in terms])
    undone = Coverage([replace(version, suspended=((at, at),)) for version in terms])
    asked: dict[str, Any] = {"at": at, "user_group": group, "usage": usage}
    judgement = Coverage(terms).judge(shape, **asked)
    assert judgement.verdict is not Verdict.COVERED or free.judge(shape, **asked).verdict is Verdict.COVERED
    assert undone.judge(shape, **asked) == free.judge(shape, **asked)
    if not any(version.is_suspended(at) for version in terms):
        assert judgement == free.judge(shape, **asked)


@patient
@given(registers, narrowings, shapes, moments, groups, usages)
def test_a_narrowed_authorisation_never_covers_what_the_wider_one_did_not(
    terms: list[Terms], narrowing: Narrowing, shape: Shape, at: int, group: str | None, usage: Usage
) -> None:
    try:
        narrower = narrow(terms, narrowing)
    except InvalidInputError:
        assume(False)  # noqa: FBT003 - hypothesis's word for: this says nothing
    covered = Coverage(narrower).judge(shape, at=at, user_group=group, usage=usage).verdict is Verdict.COVERED
    assert not covered or Coverage(terms).judge(shape, at=at, user_group=group, usage=usage).verdict is Verdict.COVERED


@patient
@given(registers, shapes, moments, groups, usages)
def test_covered_means_no_reason_and_every_other_verdict_is_its_heaviest_reason(
    terms: list[Terms], shape: Shape, at: int, group: str | None, usage: Usage
) -> None:
    judgement = Coverage(terms).judge(shape, at=at, user_group=group, usage=usage)
    order = list(Verdict)
    weights = [order.index(reason.verdict) for reason in judgement.reasons]
    assert weights == sorted(weights)
    assert (judgement.verdict is Verdict.COVERED) == (not judgement.reasons)
    assert not judgement.reasons or judgement.verdict is judgement.reasons[0].verdict
    assert bool(judgement.authorisation) == (judgement.verdict is not Verdict.NO_AUTHORISATION)
