"""Numbers of persons: their normal form, and whether their check digits are right."""

from __future__ import annotations

import re
from functools import lru_cache

from stdnum.be import ssn
from stdnum.exceptions import ValidationError

_SEPARATORS = str.maketrans("", "", " .-")
_ELEVEN_DIGITS = re.compile(r"(?<!\d)\d{11}(?!\d)|(?<!\d)\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}(?!\d)")


@lru_cache(maxsize=200_000)
def normal_insz(value: str) -> str | None:
    """Return the eleven digits of a National Register or BIS number, or ``None`` when it is not one."""
    digits = value.translate(_SEPARATORS)
    try:
        return str(ssn.validate(digits))
    except ValidationError:
        return None


def holds_insz(text: str) -> bool:
    """Tell whether free text holds something that is a valid national number, as references must not."""
    return any(normal_insz(match) is not None for match in _ELEVEN_DIGITS.findall(text))
