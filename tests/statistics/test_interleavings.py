"""Whatever the order in which transactions begin, commit, roll back and are counted: the counts are the entries'."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import psycopg
import pytest
from django.db import connection
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.statistics.catch_up import catch_up_with_all
from compliance.statistics.counting_use import USE
from compliance.statistics.follow import follow
from compliance.statistics.models import HourCount, VersionUse
from compliance.statistics.rebuild import compare
from compliance.statistics.vocabulary import UseKind
from kbi_audit.embedded.home import APP
from tests.statistics.conftest import months
from tests.statistics.factory import MORNING, add_told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from tests.clones import Clone

pytestmark = pytest.mark.alone

WRITERS = 3


class Step(NamedTuple):
    """What happens next: a writer adds, corrects, commits or rolls back, or the follower counts a window."""

    act: str
    writer: int
    width: int


steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(["add", "add", "correct", "commit", "roll back", "follow", "follow use"]),
        st.integers(0, WRITERS - 1),
        st.integers(1, 6),
    ),
    max_size=40,
)


@pytest.fixture
def writers(clone: Clone, transactional_db: None) -> Iterator[list[psycopg.Connection]]:
    """Yield connections whose transactions the test opens and ends."""
    months(MORNING)
    url = clone.machine.database_url(APP, clone.name)
    opened = [psycopg.connect(url) for _ in range(WRITERS)]
    yield opened
    for writer in opened:
        writer.close()


def standing() -> int:
    """Return how many entries there are that no correction took away."""
    with connection.cursor() as database:
        database.execute("SELECT count(*) - count(corrects) FROM exchanges_exchange")
        return int(database.fetchone()[0])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_any_interleaving_gives_the_counts_of_the_entries(writers: list[psycopg.Connection], steps: list[Step]) -> None:
    pending: list[list[UUID]] = [[] for _ in writers]
    committed: list[UUID] = []
    for step in steps:
        writer = writers[step.writer]
        match step.act:
            case "add":
                pending[step.writer].append(
                    add_told(writer, partner=f"P{step.width}", requested=["ALL", f"C{step.width}"])
                )
            case "correct" if committed:
                add_told(writer, partner=f"P{step.width}", delivered=["ALL"], corrects=committed.pop())
            case "commit":
                writer.commit()
                committed += pending[step.writer]
                pending[step.writer] = []
            case "roll back":
                writer.rollback()
                pending[step.writer] = []
            case "follow":
                follow(widest=step.width)
            case "follow use":
                follow(counts=USE, widest=step.width)
    for writer in writers:
        writer.commit()
    catch_up_with_all()
    catch_up_with_all(counts=USE)
    assert compare() == compare(counts=USE) == []
    counted = HourCount.objects.aggregate(total=Sum("count"))["total"] or 0
    used = VersionUse.objects.filter(kind=UseKind.EXCHANGE).aggregate(total=Sum("count"))["total"] or 0
    assert counted == used == standing()
