"""What the KBI asked of DISCIMUS, from the counts. Pure."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.exchanges.vocabulary import Direction, ServiceOutcome, Trigger
from compliance.reporting.answer_shape import Discimus, Part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.reporting.facts import Counted
    from compliance.reporting.months import Period

PARTNER = "DISCIMUS"


def discimus_in(counted: Iterable[Counted], period: Period) -> Discimus | None:
    """Return the queries of a period with their outcomes and triggers; None when there were none."""
    outcomes: Counter[str] = Counter(dict.fromkeys(ServiceOutcome.values, 0))
    triggers: Counter[str] = Counter(dict.fromkeys(Trigger.values, 0))
    for row in counted:
        if row.partner == PARTNER and row.direction == Direction.OBTAINED and row.month in period:
            outcomes[row.service_outcome] += row.count
            triggers[row.trigger] += row.count
    queries = triggers.total()
    if not queries:
        return None
    return Discimus(queries, _parts(outcomes, queries), _parts(triggers, queries))


def _parts(counts: Counter[str], whole: int) -> tuple[Part, ...]:
    return tuple(Part(code, count, Fraction(count, whole)) for code, count in counts.items())
