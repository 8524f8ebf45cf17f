"""What a sample showed: coverage, agreement, and the estimated share of access that was not justified."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.cases.samples.estimate import Agreement, Estimate, Reviewed, agreement, estimate
from compliance.cases.samples.models import SampleReview, SampleTurn
from compliance.cases.samples.vocabulary import Judgement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.cases.samples.models import SampleDraw


@dataclass(frozen=True, slots=True)
class StratumResult:
    """What was found of one partner and service."""

    partner: str
    service: str
    population: int
    drawn: int
    reviewed: int
    unjustified: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Results:
    """What some samples showed together. ``turns`` were asked of reviewers, of which ``done`` were judged."""

    strata: tuple[StratumResult, ...]
    turns: int
    done: int
    agreement: Agreement
    estimate: Estimate | None

    @property
    def population(self) -> int:
        """How many exchanges were drawn from."""
        return sum(one.population for one in self.strata)

    @property
    def drawn(self) -> int:
        """How many exchanges were drawn."""
        return sum(one.drawn for one in self.strata)

    @property
    def reviewed(self) -> int:
        """How many of them at least one reviewer judged."""
        return sum(one.reviewed for one in self.strata)

    @property
    def unknown(self) -> int:
        """How many of these could not be told."""
        return sum(one.unknown for one in self.strata)


def results(draws: Iterable[SampleDraw]) -> Results:
    """Return what these samples showed.

    An exchange counts as not justified when any of its reviewers found it so, and as unknown when none of them could
    tell; what is unknown says nothing of the share, and is counted apart.
    """
    wanted = list(draws)
    judged: dict[int, list[str]] = defaultdict(list)
    where: dict[int, tuple[int, str, str]] = {}
    rows = SampleReview.objects.filter(turn__item__draw__in=wanted).order_by("turn__item_id", "turn__turn")
    for item, draw, partner, service, judgement in rows.values_list(
        "turn__item_id", "turn__item__draw_id", "turn__item__partner", "turn__item__service", "judgement"
    ):
        judged[item].append(judgement)
        where[item] = (draw, partner, service)
    found: dict[tuple[int, str, str], list[Judgement]] = defaultdict(list)
    for item, judgements in judged.items():
        found[where[item]].append(_taken_together(judgements))
    strata = tuple(
        StratumResult(
            stratum["partner"],
            stratum["service"],
            stratum["population"],
            stratum["drawn"],
            len(of := found[(draw.pk, stratum["partner"], stratum["service"])]),
            of.count(Judgement.UNJUSTIFIED),
            of.count(Judgement.UNKNOWN),
        )
        for draw in wanted
        for stratum in draw.strata
    )
    return Results(
        strata,
        turns=SampleTurn.objects.filter(item__draw__in=wanted).count(),
        done=sum(map(len, judged.values())),
        agreement=agreement([(pair[0], pair[1]) for pair in judged.values() if len(pair) > 1]),
        estimate=estimate([Reviewed(one.population, one.reviewed - one.unknown, one.unjustified) for one in strata]),
    )


def _taken_together(judgements: list[str]) -> Judgement:
    for one in (Judgement.UNJUSTIFIED, Judgement.JUSTIFIED):
        if one in judgements:
            return one
    return Judgement.UNKNOWN
