"""Canonical JSON: a profile of RFC 8785 in which a fast encoder is byte-identical to it.

No floats, integers within ±(2^53 - 1), ASCII member names, strings in NFC, times as text. Within
that profile sorting members and writing minimal JSON is all that RFC 8785 asks; control characters
are refused, because the two encoders write them differently and no field needs them.
"""

from __future__ import annotations

import re
import unicodedata

import msgspec

_encoder = msgspec.json.Encoder(order="sorted")
_CONTROL_OR_HALF = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")

encode = _encoder.encode


def is_canonical_text(text: str) -> bool:
    """Tell whether a string may stand in a leaf: NFC, without control characters or lone surrogates."""
    if text.isascii():
        return text.isprintable()
    return unicodedata.is_normalized("NFC", text) and not _CONTROL_OR_HALF.search(text)
