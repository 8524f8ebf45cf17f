"""Days as a calendar file that people's own calendars read (RFC 5545). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST = 75  # octets in a line, without its end (section 3.1)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """Something that happens on a day. ``uid`` stays the same, so that a calendar moves it when the day moves."""

    uid: str
    day: date
    summary: str
    description: str = ""
    address: str = ""


def write_calendar(days: Iterable[CalendarDay], *, name: str, at: datetime) -> bytes:
    """Return the file; ``at`` is when it was written."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//KBI Audit//Expiries//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escape(name)}",
    ]
    for one in days:
        lines += _event(one, at)
    return "".join(f"{part}\r\n" for line in (*lines, "END:VCALENDAR") for part in fold(line)).encode()


def _event(one: CalendarDay, at: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escape(one.uid)}",
        f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escape(one.summary)}",
        "TRANSP:TRANSPARENT",
    ]
    if one.description:
        lines.append(f"DESCRIPTION:{escape(one.description)}")
    if one.address:
        lines.append(f"URL:{one.address}")
    return [*lines, "END:VEVENT"]


def escape(text: str) -> str:
    """Write text as section 3.3.11 wants it; control characters cannot be written, and are left out."""
    told = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    told = told.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return told.replace("\n", "\\n")


def fold(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets, never through a character; each but the first begins with a space."""
    part, length = "", 0
    for character in line:
        size = len(character.encode())
        if length + size > _LONGEST:
            yield part
            part, length = " ", 1
        part, length = part + character, length + size
    yield part
