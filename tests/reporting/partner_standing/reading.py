"""Reading a calendar file by the letter of RFC 5545, apart from the code that writes it."""

from __future__ import annotations

Event = dict[str, str]


def lines_of(octets: bytes) -> list[str]:
    """Return the content lines, unfolded; every physical line is short enough and ends as it should."""
    text = octets.decode()
    assert text.endswith("\r\n")
    physical = text[:-2].split("\r\n")
    assert not any("\n" in line or "\r" in line for line in physical)
    assert all(len(line.encode()) <= 75 for line in physical)
    lines: list[str] = []
    for line in physical:
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return lines


def text_of(value: str) -> str:
    """Read a TEXT value."""
    told, rest = "", value
    while rest:
        if rest[0] == "\\":
            told += {"n": "\n", "N": "\n"}.get(rest[1], rest[1])
            rest = rest[2:]
        else:
            assert rest[0] not in ";,"
            told, rest = told + rest[0], rest[1:]
    return told


def events_of(octets: bytes) -> list[Event]:
    """Return the events, their values as they are written, by name without parameters."""
    lines = lines_of(octets)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "VERSION:2.0" in lines
    assert sum(line.startswith("PRODID:") for line in lines) == 1
    events: list[Event] = []
    for line in lines[1:-1]:
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and line != "END:VEVENT":
            name, _colon, value = line.partition(":")
            events[-1][name.partition(";")[0]] = value
    assert lines.count("END:VEVENT") == len(events)
    assert all({"UID", "DTSTAMP", "DTSTART"} <= set(event) for event in events)
    return events
