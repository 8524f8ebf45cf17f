"""A day of questions to DISCIMUS, whether a minor is enrolled in a school.

Automatic after the nightly import of newcomers from the National Register, in batches; by hand from a
dossier, by a counsellor who wants to know whether a newcomer found a school.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.exchanges.submission import Asker
from compliance.simulation.acts import Act
from compliance.simulation.days import HOUR
from compliance.simulation.figures import discimus
from compliance.simulation.profile import Desk, Feed, Profile
from compliance.simulation.question import SUCCEEDED, Manner, Question, request

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from compliance.simulation.acts import Request, ServiceOutcome, Trigger
    from compliance.simulation.days import Day
    from compliance.simulation.people import Population, Worker
    from compliance.simulation.plan import Count

QUESTION = Question(
    service="DISCIMUS-INSCHRIJVING",
    version="1.0",
    purpose="SCHOOL-GUIDANCE",
    legal_basis="INB-2013",
    categories=("IDENTIFICATION", "SCHOOL-ENROLMENT"),
    source="DISCIMUS",
    direction="obtained",
    milliseconds=700,
    response_bytes=900,
)
# The counsellors of the reception agencies, who work in the crossroads bank itself.
COUNSELLORS = Profile(
    partner="KBI",
    reference="KBI",
    by_hand=(),
    desk=Desk(
        staff=160, at_least=6, application="KBI dossier", groups=("trajectbegeleider",), user_kind="local", closes=17.0
    ),
    feed=Feed(application="KBI import Rijksregister", windows=(), weekdays=()),
    known=(0.0, 1.0),
)
IMPORT = Asker(organisation="KBI", application=COUNSELLORS.feed.application)
_IMPORT_BEGINS = int(3.1 * HOUR)
_BATCH = 40
_BETWEEN_BATCHES = 240_000


@dataclass(frozen=True, slots=True)
class Minors:
    """The minors of a day, in the order in which they were imported, and what DISCIMUS says of them."""

    first: int
    outcomes: Sequence[ServiceOutcome]


def requests() -> dict[tuple[Trigger, ServiceOutcome], Request]:
    """Return what queries with the same trigger and outcome have in common."""
    triggers: tuple[Trigger, ...] = ("automatic", "manual")
    return {
        (trigger, outcome): request(QUESTION, SUCCEEDED, Manner(trigger=trigger, reference="KBI-D"), outcome)
        for trigger in triggers
        for outcome in discimus()
    }


def queries(
    count: Count,
    *,
    day: Day,
    minors: Minors,
    workers: Sequence[Worker],
    asked: dict[tuple[Trigger, ServiceOutcome], Request],
    population: Population,
    stream: Random,
) -> Iterator[Act]:
    """Yield the day's queries: the batches after the import, then those by hand."""
    known = population.minors
    begins = day.moment(_IMPORT_BEGINS + int(stream.random() * HOUR / 2))
    at = begins
    for n in range(count.automatic):
        batch = n // _BATCH
        at += 300 + stream.getrandbits(10) + (_BETWEEN_BATCHES if n and not n % _BATCH else 0)
        context = f"import-{day.date:%Y%m%d}-batch-{batch:03d}"
        query = asked["automatic", minors.outcomes[n]]
        yield Act(at, query, IMPORT, known[(minors.first + n) % len(known)], None, context)
    present = [worker for worker in workers if worker.is_present(day)] or list(workers)
    for n in range(count.automatic, count.total):
        worker = present[stream.randrange(len(present))]
        # A counsellor asks about a newcomer of the last months.
        minor = (minors.first - 1 - int(stream.random() * 1_500)) % len(known)
        yield Act(
            day.moment(worker.moment(stream.random())),
            asked["manual", minors.outcomes[n]],
            worker.asker,
            known[minor],
            f"KBI-M-{minor:06d}",
            f"dossier-{day.date:%Y%m%d}-{n:04d}",
        )
