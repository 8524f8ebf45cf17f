"""Identifiers sort by time, and the same report always has the same one."""

from __future__ import annotations

from datetime import timedelta
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from compliance.kernel.clock import from_microseconds
from compliance.kernel.record_id import first_at, record_id, started_at, text_of
from tests.properties import patient

KEY = bytes(32)
MILLISECOND = 1_000
ats = st.integers(946_684_800_000_000, 4_102_444_800_000_000)
words = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=20)


def identify(at: int, producer: str = "KBI", reference: str = "r-1", key: bytes = KEY) -> bytes:
    """Identify a report."""
    return record_id(key=key, at=at, producer=producer, reference=reference)


@patient
@given(ats, words, ats, words)
def test_identifiers_sort_by_the_millisecond_of_the_start(one: int, first: str, other: int, second: str) -> None:
    a, b = identify(one, reference=first), identify(other, reference=second)
    if one // MILLISECOND != other // MILLISECOND:
        assert (a < b) == (one < other)


@patient
@given(ats, words, words)
def test_an_identifier_is_a_uuid_of_version_7_that_holds_the_start(at: int, producer: str, reference: str) -> None:
    identifier = UUID(bytes=identify(at, producer, reference))
    assert (identifier.version, identifier.variant) == (7, RFC_4122)
    assert str(identifier) == text_of(identifier.bytes)
    assert started_at(identifier) == from_microseconds(at // MILLISECOND * MILLISECOND)


@patient
@given(ats, words, words)
def test_the_same_report_has_the_same_identifier_and_any_other_another(at: int, producer: str, reference: str) -> None:
    same = identify(at, producer, reference)
    assert identify(at, producer, reference) == same
    others = {
        identify(at + 1, producer, reference),
        identify(at, f"{producer}.", reference),
        identify(at, producer, f"{reference}."),
        identify(at, producer, reference, key=bytes(31) + b"\x01"),
    }
    assert same not in others
    assert len(others) == 4


def test_an_identifier_never_changes_between_releases() -> None:
    """Records of ten years back must be recognised."""
    identifier = identify(1_456_823_643_120_000, "KBI", "VDAB-2016-000001")
    assert text_of(identifier) == "01533174-abf0-7108-893f-f47578617452"


@patient
@given(ats)
def test_a_period_begins_at_the_lowest_identifier_of_its_first_millisecond(at: int) -> None:
    moment = from_microseconds(at // MILLISECOND * MILLISECOND)
    first = first_at(moment)
    assert first <= UUID(bytes=identify(at // MILLISECOND * MILLISECOND)) < first_at(moment + timedelta(milliseconds=1))
