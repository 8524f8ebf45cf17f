"""Times are written in one way only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from compliance.kernel.clock import canonical_time, from_microseconds, microseconds, now
from tests.properties import patient

moments = st.datetimes(datetime(1970, 1, 1), datetime(9999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
offsets = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@patient
@given(moments)
def test_a_time_is_rfc_3339_in_utc_with_six_decimals(moment: datetime) -> None:
    assert canonical_time(microseconds(moment)) == f"{moment:%Y-%m-%dT%H:%M:%S.%fZ}".rjust(27, "0")


@patient
@given(moments, offsets)
def test_the_same_moment_in_any_zone_is_the_same_count_and_comes_back(moment: datetime, zone: timezone) -> None:
    count = microseconds(moment)
    assert from_microseconds(count) == moment
    assert microseconds((moment - timedelta(days=1)).astimezone(zone)) == count - 86_400_000_000


@patient
@given(moments, moments)
def test_written_times_sort_as_the_times_do(one: datetime, other: datetime) -> None:
    written = (canonical_time(microseconds(one)), canonical_time(microseconds(other)))
    assert (written[0] < written[1]) == (one < other)


def test_now_is_aware_and_utc() -> None:
    assert now().utcoffset() == timedelta(0)
