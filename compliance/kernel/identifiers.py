"""Numbers of persons: their normal form, and whether their check digits are right."""

from __future__ import annotations

import re
from functools import lru_cache

from stdnum.be import ssn
from stdnum.exceptions import ValidationError

RANGE = 50
_SEPARATORS = str.maketrans("", "", " .-")
# Eleven digits that stand alone: within a longer token, such as a UUID, they are chance.
_STANDS_ALONE = re.compile(r"(?<![0-9A-Za-z])(?:\d{11}|\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2})(?![0-9A-Za-z])")
_DIGITS_TO_ZERO = bytes(ord("0") if octet in b"0123456789" else ord("-") for octet in range(256))


@lru_cache(maxsize=200_000)
def normal_insz(value: str) -> str | None:
    """Return the eleven digits of a National Register or BIS number, or ``None`` when it is not one."""
    digits = value.translate(_SEPARATORS)
    try:
        return str(ssn.validate(digits))
    except ValidationError:
        return None


def number_range(insz: str) -> str:
    """Return which fifty numbers a number stands among: its date of birth, and its counter without the last steps."""
    return f"{insz[:6]}/{int(insz[6:9]) // RANGE}"


def holds_insz(text: str) -> bool:
    """Tell whether free text holds something that is a valid national number, as references must not."""
    # Most references have no eleven digits in a row; this look is ten times cheaper than the expression.
    if "." not in text and b"00000000000" not in text.encode().translate(_DIGITS_TO_ZERO):
        return False
    return any(normal_insz(match) is not None for match in _STANDS_ALONE.findall(text))
