"""Read DER (X.690), as far as timestamps and certificates need it. Pure.

Only definite lengths in their shortest form and single-byte tags are read; what is encoded otherwise is
no DER and raises.
"""

from __future__ import annotations

from dataclasses import dataclass

INTEGER, BIT_STRING, OCTET_STRING, NULL, OBJECT_IDENTIFIER = 0x02, 0x03, 0x04, 0x05, 0x06
UTC_TIME, GENERALIZED_TIME = 0x17, 0x18
SEQUENCE, SET = 0x30, 0x31
_LONG_FORM, _LONG_TAG = 0x80, 0x1F
_MOST_LENGTH_OCTETS = 4


class DerError(ValueError):
    """The bytes are not DER, or not of the shape that is asked for."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a buffer: octets ``start`` to ``end``, its content those from ``at`` on."""

    buffer: bytes
    tag: int
    start: int
    at: int
    end: int

    @property
    def encoded(self) -> bytes:
        """The element as it stands: tag, length and content."""
        return self.buffer[self.start : self.end]

    @property
    def content(self) -> bytes:
        """The content octets."""
        return self.buffer[self.at : self.end]

    def inside(self, least: int = 0) -> list[Element]:
        """Return the elements that a constructed one holds, or raise when they are fewer than ``least``."""
        found: list[Element] = []
        at = self.at
        while at < self.end:
            found.append(_element(self.buffer, at, self.end))
            at = found[-1].end
        if len(found) < least:
            message = f"{len(found)} elements stand where {least} are expected"
            raise DerError(message)
        return found

    def of(self, tag: int) -> Element:
        """Return the element itself, or raise when its tag is another."""
        if self.tag != tag:
            message = f"tag {self.tag:#04x} stands where {tag:#04x} is expected"
            raise DerError(message)
        return self

    def exactly(self, *tags: int) -> list[Element]:
        """Return the elements that it holds, or raise when their tags are not these."""
        found = self.inside()
        if len(found) != len(tags):
            message = f"{len(found)} elements stand where {len(tags)} are expected"
            raise DerError(message)
        return [element.of(tag) for element, tag in zip(found, tags, strict=True)]


def whole(encoded: bytes) -> Element:
    """Return the one element that these bytes are."""
    element = _element(encoded, 0, len(encoded))
    if element.end != len(encoded):
        message = "bytes follow the element"
        raise DerError(message)
    return element


def tagged(tag: int, content: bytes) -> bytes:
    """Encode an element."""
    size = len(content)
    if size < _LONG_FORM:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, _LONG_FORM | len(length))) + length + content


def _element(buffer: bytes, start: int, limit: int) -> Element:
    if limit - start < 2:  # noqa: PLR2004 a tag and a length
        message = "the bytes end within an element"
        raise DerError(message)
    tag, length, at = buffer[start], buffer[start + 1], start + 2
    if tag & _LONG_TAG == _LONG_TAG:
        message = "a tag of more bytes"
        raise DerError(message)
    if length >= _LONG_FORM:
        octets, at = length & ~_LONG_FORM, at + (length & ~_LONG_FORM)
        length = int.from_bytes(buffer[at - octets : at], "big")
        if not 1 <= octets <= _MOST_LENGTH_OCTETS or at > limit or length < max(_LONG_FORM, 1 << 8 * (octets - 1)):
            message = "a length that is not in its shortest form"
            raise DerError(message)
    if at + length > limit:
        message = "the bytes end within an element"
        raise DerError(message)
    return Element(buffer, tag, start, at, at + length)
