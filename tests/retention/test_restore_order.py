"""Entries are put back in the order that they had, whatever a backup caught of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.retention.restore.order import OrderLostError, Placed, runs_of
from tests.properties import patient

NEW = 1_000_000
START = (0, b"")
ids = st.integers(0, 10_000).map(lambda number: number.to_bytes(16))
# A log as it was: transactions, each with its entries, and whether the backup saw it.
logs = st.lists(st.tuples(st.integers(1, 4), st.sets(ids, min_size=1, max_size=5), st.booleans()), max_size=12)


@patient
@given(logs)
def test_whatever_transactions_a_backup_missed_the_order_is_what_it_was(
    log: list[tuple[int, set[bytes], bool]],
) -> None:
    places: list[Placed] = []
    was: list[int] = []
    xid, seen = 0, set[bytes]()
    for step, members, is_there in log:
        xid += step
        for identifier in sorted(members - seen):
            places.append(Placed(identifier, xid if is_there else None))
            was.append(xid)
        seen |= members

    keys: list[tuple[int, bytes]] = [(place.xid or 0, place.id) for place in places]
    for number, run in enumerate(runs_of(places, after=START)):
        for at in range(run.first, run.end):
            keys[at] = (NEW + number if run.xid is None else run.xid, places[at].id)
            assert keys[at][0] >= was[at], "a follower may have passed this transaction"

    assert keys == sorted(set(keys))
    for place, key in zip(places, keys, strict=True):
        assert place.xid in {None, key[0]}


def test_what_stands_in_another_order_is_refused() -> None:
    one, other = (1).to_bytes(16), (2).to_bytes(16)
    with pytest.raises(OrderLostError):
        runs_of([Placed(one, 7), Placed(other, 6)], after=START)
    with pytest.raises(OrderLostError):
        runs_of([Placed(one, 7), Placed(other, None), Placed(one, 8)], after=START)
    with pytest.raises(OrderLostError):
        runs_of([Placed(one, 7)], after=(7, other))
