"""The scale of a replay: the whole year, or one exchange in so many."""

from __future__ import annotations

import re
from fractions import Fraction

from compliance.kernel.errors import InvalidInputError

_FORM = re.compile(r"\d{1,6}/[1-9]\d{0,6}|\d{1,3}(\.\d{1,9})?")


def read_scale(text: str) -> Fraction:
    """Read ``1/50``, ``0.02`` or ``1``: above 0, at most 1."""
    scale = Fraction(text) if _FORM.fullmatch(text) else Fraction(0)
    if not 0 < scale <= 1:
        detail = f"{text!r} is no scale. Give 1 for the whole year, or a part of it such as 1/50 or 0.02."
        raise InvalidInputError(detail)
    return scale


def scaled(figure: int, scale: Fraction) -> int:
    """Return that part of a figure, halves rounded up."""
    return int(figure * scale + Fraction(1, 2))
