"""The way that is shown is the way that the standard's proof goes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compliance.ledger.proofs import inclusion_path, leaf_hash, levels, root_from_inclusion, root_of
from compliance.reporting.ledger_proof.path import Side, steps_of
from tests.properties import patient


@patient
@given(st.integers(1, 300).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1))))
def test_every_step_joins_complete_neighbours_and_the_last_is_the_root(place: tuple[int, int]) -> None:
    size, index = place
    hashes = [leaf_hash(str(number).encode()) for number in range(size)]
    path = inclusion_path(levels(hashes), index)
    steps = steps_of(leaf=hashes[index], index=index, size=size, path=path)
    reached = steps[-1].joined if steps else hashes[index]
    assert reached == root_of(hashes) == root_from_inclusion(leaf=hashes[index], index=index, size=size, path=path)
    start, end = index, index + 1
    for step in steps:
        if step.side is Side.LEFT:
            assert step.neighbour == root_of(hashes[start - step.neighbour_leaves : start])
            start -= step.neighbour_leaves
        else:
            assert step.neighbour == root_of(hashes[end : end + step.neighbour_leaves])
            end += step.neighbour_leaves
        assert step.joined == root_of(hashes[start:end])
        assert step.leaves == end - start
    assert (start, end) == (0, size)
