"""National numbers that belong to nobody, for the replay, the demonstration and every test.

They are BIS numbers (Royal Decree of 8 February 1991): year, month and day of birth, a counter and
check digits, with the month raised by 40. Here the day of birth is always 99. The decree lets the
fifth and sixth digit be the day of birth, and no calendar has a ninety-ninth day; an unknown day is
00. So no person, living, dead or to be born, can ever hold such a number, and a reader sees at a
glance (``77.44.99-…``) that it is made up. Both check digit rules (births before and since 2000) are
exercised, and python-stdnum and our own intake accept them: they take an impossible day for an
unknown one. See docs/decisions/0006-synthetic-national-numbers.md.
"""

from __future__ import annotations

ADULTS = range(1946, 1998)
MINORS = range(1999, 2016)
_MONTHS = 12
_COUNTERS = 998
_BIS = 40
_NO_SUCH_DAY = 99
_SINCE_2000 = 2_000_000_000

ADULT_NUMBERS = len(ADULTS) * _MONTHS * _COUNTERS
MINOR_NUMBERS = len(MINORS) * _MONTHS * _COUNTERS


def synthetic_insz(n: int) -> str:
    """Return the n-th number of an adult; ``n`` from 0, below ``ADULT_NUMBERS`` (622,752)."""
    return _number(n, ADULTS, ADULT_NUMBERS)


def synthetic_minor_insz(n: int) -> str:
    """Return the n-th number of a minor in 2016; ``n`` from 0, below ``MINOR_NUMBERS`` (203,592)."""
    return _number(n, MINORS, MINOR_NUMBERS)


def is_synthetic(number: str) -> bool:
    """Tell whether a number lies in the range that nobody can hold."""
    return number[4:6] == str(_NO_SUCH_DAY) and _BIS < int(number[2:4]) <= _BIS + _MONTHS


def _number(n: int, years: range, room: int) -> str:
    if not 0 <= n < room:
        message = f"There are {room} such numbers; {n} is none of them."
        raise ValueError(message)
    # Neighbours differ in year and month, so that a small set is as spread as a large one.
    counter, birth = divmod(n * 7919 % room, len(years) * _MONTHS)
    year, month = years[birth // _MONTHS], birth % _MONTHS + 1
    digits = ((year % 100 * 100 + month + _BIS) * 100 + _NO_SUCH_DAY) * 1000 + counter + 1
    check = 97 - (digits + (_SINCE_2000 if year >= 2000 else 0)) % 97  # noqa: PLR2004 - the year of the second rule
    return f"{digits:09d}{check:02d}"
