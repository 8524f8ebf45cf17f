"""Whatever the order in which exchanges come, and however often is looked meanwhile: the same is found."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.detection.look_back import look_back
from compliance.detection.models import DirtyHour, Finding
from tests.detection.engine.worlds import DAY, MONDAY, detect_all, found, recorded, remembered, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    import psycopg

    from compliance.exchanges.submission import Submission

pytestmark = [pytest.mark.alone, pytest.mark.usefixtures("world")]

_OF_ENTRIES = (
    "ledger_entry, ledger_opening, exchanges_exchange, exchanges_correction, ledger_edge, ledger_position, "
    "ledger_tile, ledger_head"
)
_THAT_FOLLOW = (
    "compliance_finding, compliance_pairday, compliance_userday, compliance_knownuse, compliance_producerday, "
    "compliance_dirtyhour, compliance_detectedday, compliance_hourcount, compliance_monthcount, "
    "compliance_authorisationuse"
)


class Made(NamedTuple):
    """An exchange of the small world: when, who, about whom; by a machine, numbered, replayed, or corrected later."""

    day: int
    hour: int
    user: int
    person: int
    kind: str


exchanges = st.lists(
    st.builds(
        Made,
        st.integers(0, 3),
        st.integers(0, 23),
        st.integers(1, 2),
        st.integers(1, 3),
        st.sampled_from(["by hand", "by hand", "in a dossier", "by machine", "replayed", "in test"]),
    ),
    min_size=2,
    max_size=7,
)


def _report(number: int, made: Made) -> Submission:
    kinds: dict[str, dict[str, Any]] = {
        "by hand": {"producer_sequence": 100 + number},
        "in a dossier": {"dossier": f"D-{made.person}"},
        "by machine": {"trigger": "automatic", "asker": {"organisation": "VDAB"}},
        "replayed": {},
        "in test": {"environment": "test"},
    }
    reference = "M-replayed" if made.kind == "replayed" else f"M-{number}"
    at = MONDAY + made.day * DAY + timedelta(hours=made.hour, seconds=number)
    return told(reference, at, user=made.user, person=made.person, **kinds[made.kind])


def _forget_all(superuser: psycopg.Connection) -> None:
    """Empty the tables as nobody else may: each example begins anew."""
    superuser.execute("SET session_replication_role = replica")
    superuser.execute(f"TRUNCATE {_OF_ENTRIES}, {_THAT_FOLLOW} CASCADE")


def _record(parts: Iterable[list[Submission]], *, look_between: bool) -> None:
    for part in parts:
        if part:
            recorded(*part)
        if look_between:
            detect_all()
    detect_all()


@given(made=exchanges, chance=st.randoms(use_true_random=False), cuts=st.integers(1, 3), corrections=st.integers(0, 1))
@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_late_and_out_of_order_arrivals_give_the_same_as_timely_ones(
    superuser_connection: psycopg.Connection, made: list[Made], chance: Any, cuts: int, corrections: int
) -> None:
    reports = [_report(number, one) for number, one in enumerate(made)]
    _forget_all(superuser_connection)
    (first,) = recorded(reports[0])
    correction = [told("C-0", reports[0].started_at, user=2, person=3, corrects=str(first))] * corrections
    _record([reports[1:], correction], look_between=False)
    timely = found(), remembered()

    _forget_all(superuser_connection)
    shuffled = reports[1:]
    chance.shuffle(shuffled)
    parts = [shuffled[start::cuts] for start in range(cuts)]
    recorded(reports[0])
    _record([*parts, correction], look_between=True)
    assert (found(), remembered()) == timely

    Finding.objects.all().delete()
    look_back(since=MONDAY.date(), until=MONDAY.date() + 5 * DAY)
    assert (found(), remembered()) == timely, "in memory as in the tables"
    assert DirtyHour.objects.count() == 0
