"""What partners ask, as the catalogue lists it, and the deck of requests that is drawn from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from compliance.exchanges.submission import ServiceVersion
from compliance.simulation.acts import Request
from compliance.simulation.chance import shares

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from compliance.simulation.acts import Direction, Outcome, SearchKey, ServiceOutcome, Trigger

DECK = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing that a partner asks: of which service, for what, and how often compared with the others."""

    service: str
    version: str
    purpose: str
    legal_basis: str
    categories: tuple[str, ...]
    triggers: frozenset[Trigger] = frozenset({"manual", "automatic"})
    weight: float = 1.0
    search_keys: tuple[SearchKey, ...] = ("insz",)
    source: str = "KBI"
    route: str = "MAGDA"
    direction: Direction = "provided"
    records: int = 1
    milliseconds: int = 380
    response_bytes: int = 2_400
    household: bool = False
    authorisation: str | None = None
    since: date = date.min
    until: date = date.max

    def is_asked(self, trigger: Trigger, on: date) -> bool:
        """Tell whether partners ask this by this trigger on a day; ``until`` is excluded."""
        return trigger in self.triggers and self.since <= on < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """One way in which a call ends."""

    outcome: Outcome
    exceptions: tuple[str, ...] = ()
    milliseconds: int | None = None
    answered: bool = True


SUCCEEDED = Ending(outcome="succeeded")
ENDINGS: Mapping[Outcome, tuple[tuple[Ending, float], ...]] = {
    "no-data": ((Ending(outcome="no-data", exceptions=("KBI-404",), milliseconds=190), 1.0),),
    "failed": (
        (Ending(outcome="failed", exceptions=("KBI-500",), milliseconds=900), 0.4),
        (Ending(outcome="failed", exceptions=("MAGDA-99996",), milliseconds=60), 0.35),
        (Ending(outcome="failed", exceptions=("MAGDA-99998", "KBI-503"), milliseconds=2_500), 0.25),
    ),
    "unanswered": ((Ending(outcome="unanswered", exceptions=("MAGDA-TIMEOUT",), answered=False), 1.0),),
    "refused": (
        (Ending(outcome="refused", exceptions=("MAGDA-30101",), milliseconds=40), 0.7),
        (Ending(outcome="refused", exceptions=("KBI-403",), milliseconds=120), 0.3),
    ),
}
FAILING: Mapping[Outcome, float] = {"no-data": 0.02, "failed": 0.36, "unanswered": 0.5, "refused": 0.01}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How one partner's requests are told: their trigger, the prefix of their references, what its gateway adds."""

    trigger: Trigger
    reference: str
    traced: bool = False
    digested: bool = False


def request(
    question: Question, ending: Ending, manner: Manner, service_outcome: ServiceOutcome | None = None
) -> Request:
    """Return what exchanges of this question with this ending have in common."""
    succeeded = ending.outcome == "succeeded"
    took = question.milliseconds if ending.milliseconds is None else ending.milliseconds
    return Request(
        service=ServiceVersion(code=question.service, version=question.version),
        source=question.source,
        purpose=question.purpose,
        legal_basis=question.legal_basis,
        route=question.route,
        direction=question.direction,
        trigger=manner.trigger,
        outcome=ending.outcome,
        requested=question.categories,
        delivered=question.categories if succeeded else (),
        search_keys=question.search_keys,
        exceptions=ending.exceptions,
        authorisation=question.authorisation,
        records=question.records if succeeded else 0,
        milliseconds=took if ending.answered else None,
        response_bytes=(question.response_bytes if succeeded else 700) if ending.answered else None,
        service_outcome=service_outcome,
        reference=manner.reference,
        household=question.household,
        traced=manner.traced,
        digested=manner.digested and succeeded,
    )


def endings(weights: Mapping[Outcome, float]) -> list[tuple[Ending, float]]:
    """Return the ways in which a partner's calls end; what is left over succeeds."""
    ways = [(ending, weight * part) for outcome, weight in weights.items() for ending, part in ENDINGS[outcome]]
    return [(SUCCEEDED, 1.0 - sum(weights.values())), *ways]


def deck(
    questions: Sequence[Question],
    strays: Sequence[Question],
    *,
    weights: Mapping[Outcome, float],
    stray_share: float,
    manner: Manner,
) -> tuple[Request, ...]:
    """Return 4096 requests in the right proportions, to draw from with twelve random bits."""
    ways = endings(weights)

    def told(asked: Sequence[Question], share: float) -> Iterator[tuple[Request, float]]:
        whole = sum(question.weight for question in asked)
        for question in asked:
            for ending, part in ways:
                yield request(question, ending, manner), share * question.weight / whole * part

    strayed = stray_share if strays else 0.0
    requests = [*told(questions, 1.0 - strayed), *told(strays, strayed)]
    numbers = shares(DECK, [weight for _, weight in requests])
    return tuple(asked for (asked, _), number in zip(requests, numbers, strict=True) for _ in range(number))


def stray(question: Question, **outside: object) -> Question:
    """Return the question as somebody asks it who strays outside the authorisation."""
    return replace(question, **outside)  # type: ignore[arg-type]
