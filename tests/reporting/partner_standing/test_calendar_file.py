"""A calendar file reads back as what was written, whatever that was."""

from __future__ import annotations

from datetime import UTC, date, datetime
from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from compliance.reporting.partner_standing.calendar_file import CalendarDay, write_calendar
from tests.reporting.partner_standing.reading import events_of, text_of

AT = datetime(2026, 11, 23, 9, 30, 15, tzinfo=UTC)
texts = (st.text(max_size=200) | st.text(st.sampled_from("\n\t,;\\:é€😀"), max_size=90)).map(
    lambda text: "".join(one for one in text if one in "\n\t" or category(one) != "Cc")
)
days = st.builds(
    CalendarDay,
    uid=st.text(st.sampled_from("abc-0159"), min_size=1, max_size=90).map("{}@kbi.example".format),
    day=st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)),
    summary=texts,
    description=texts,
)


@given(told=st.lists(days, max_size=5), name=texts)
def test_whatever_is_written_reads_back(told: list[CalendarDay], name: str) -> None:
    events = events_of(write_calendar(told, name=name, at=AT))
    assert [text_of(event["UID"]) for event in events] == [one.uid for one in told]
    assert [event["DTSTART"] for event in events] == [f"{one.day:%Y%m%d}" for one in told]
    assert [text_of(event["SUMMARY"]) for event in events] == [one.summary for one in told]
    assert [text_of(event.get("DESCRIPTION", "")) for event in events] == [one.description for one in told]


def test_a_day_is_a_whole_day_that_keeps_nobody_busy() -> None:
    (event,) = events_of(write_calendar([CalendarDay("a@b", date(2019, 12, 31), "It ends")], name="", at=AT))
    assert (event["DTSTART"], event["DTEND"], event["DTSTAMP"]) == ("20191231", "20200101", "20261123T093015Z")
    assert event["TRANSP"] == "TRANSPARENT"


def test_what_cannot_be_written_in_a_calendar_is_left_out() -> None:
    (event,) = events_of(write_calendar([CalendarDay("a@b", date(2019, 1, 1), "a\x00b\rc\x7f")], name="", at=AT))
    assert text_of(event["SUMMARY"]) == "ab\nc"
