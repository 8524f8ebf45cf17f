"""Taking over adds, and never takes away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compliance.authorisations.requests.content import Purposes, RequestedData, Wanted
from compliance.authorisations.requests.take_over import taken_over

CODES = st.lists(st.sampled_from("ABCDE"), unique=True).map(tuple)
WORDS = st.sampled_from(["", "one", "two"])
PURPOSES = st.builds(Purposes, purposes=CODES, explanation=WORDS, first_collection=WORDS, compatibility=WORDS)
WANTED = st.builds(Wanted, category=st.sampled_from("ABCDE"), why=WORDS)
REQUESTED = st.builds(
    RequestedData, services=CODES, categories=st.lists(WANTED, unique_by=lambda one: one.category).map(tuple)
)


@given(PURPOSES, PURPOSES)
def test_lists_grow_and_what_stands_stays(mine: Purposes, theirs: Purposes) -> None:
    found = taken_over(mine, theirs)
    assert found.purposes[: len(mine.purposes)] == mine.purposes
    assert set(found.purposes) == {*mine.purposes, *theirs.purposes}
    for field in ("explanation", "first_collection", "compatibility"):
        assert getattr(found, field) == (getattr(mine, field) or getattr(theirs, field))
    assert taken_over(found, theirs) == found


@given(REQUESTED, REQUESTED)
def test_a_category_stands_once_with_ones_own_reason_where_there_is_one(
    mine: RequestedData, theirs: RequestedData
) -> None:
    found = taken_over(mine, theirs)
    reasons = {one.category: one.why for one in found.categories}
    assert len(reasons) == len(found.categories)
    assert set(reasons) == {one.category for one in (*mine.categories, *theirs.categories)}
    assert all(reasons[one.category] == one.why for one in mine.categories if one.why)
    assert taken_over(found, theirs) == found
