"""Where quotes may stand in a CSV record, by RFC 4180: around a field and, doubled, within it."""

from __future__ import annotations

import re

_QUOTED = re.compile(rb'"[^"]*+(?:""[^"]*+)*+"')
_FIELD = rb'(?:"[^"]*+(?:""[^"]*+)*+"|[^",\r\n]*+)'
_RECORD = re.compile(_FIELD + rb"(?:," + _FIELD + rb")*+(?:\r?\n)?")
_AFTER = (b",", b"\r", b"\n", b"")


def is_closed(text: bytes) -> bool | None:
    """Tell whether a record ends where its text ends, or within quotes; ``None`` when a quote is where none may be."""
    if _RECORD.fullmatch(text):
        return True
    place = 0
    while True:
        if text[place : place + 1] == b'"':
            quoted = _QUOTED.match(text, place)
            if quoted is None:
                return False
            place = quoted.end()
            if text[place : place + 1] not in _AFTER:
                return None
        comma = text.find(b",", place)
        if b'"' in text[place : None if comma < 0 else comma]:
            return None
        if comma < 0:
            return True
        place = comma + 1
