"""What a producer reported wrongly, it corrects: a new report of the same exchange that points to the first.

A few dozen a year, at every scale. They stand at the end of the day's reports, and because counts are
net of corrections they change no figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from compliance.exchanges.submission import Submission
    from compliance.simulation.days import Day

    Identify = Callable[[Submission], str]
EVERY = 9
_WITH_ENOUGH_TO_CHOOSE = 12


def has_correction(day: Day, count: int) -> bool:
    """Tell whether one report of a day is corrected."""
    return day.number % EVERY == EVERY - 1 and count >= _WITH_ENOUGH_TO_CHOOSE


def chosen(count: int, stream: Random) -> int:
    """Return the place of the report that is corrected."""
    return stream.randrange(count)


def corrected(first: Submission, *, identify: Identify, number: int) -> Submission:
    """Return the correction of a report: the answer held one record more than was told."""
    return msgspec.structs.replace(
        first,
        message_reference=f"{first.message_reference}-C1",
        producer_sequence=number,
        record_count=first.record_count + 1,
        corrects=identify(first),
    )
