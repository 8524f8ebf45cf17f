"""Samples as pages: all months, one month, and one exchange to judge."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.cases.samples.results import Results, results
from compliance.cases.samples.vocabulary import Judgement
from compliance.console.presenters import words
from compliance.reporting import numbers
from compliance.reporting.review.sample_sentences import (
    agreement_sentence,
    share_sentence,
    share_words,
    unknown_sentence,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.access.models import Account
    from compliance.cases.samples.models import SampleDraw, SampleTurn
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One month in the list."""

    address: str
    month: str
    state: str
    drawn: str
    reviewed: str
    share: str


@dataclass(frozen=True, slots=True)
class StratumRow:
    """One partner and service of a sample."""

    partner: str
    service: str
    population: str
    drawn: str
    reviewed: str
    unjustified: str


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One exchange that the reader is to judge, or judged."""

    address: str
    number: str
    partner: str
    service: str
    judged: str


@dataclass(frozen=True, slots=True)
class ReviewerRow:
    """How far one reviewer is."""

    username: str
    name: str
    progress: str
    left: int


@dataclass(frozen=True, slots=True)
class SamplePage:
    """What the page of one month needs."""

    title: str
    back: str
    standing: str
    share: str
    agreement: str
    unknown: str
    draw: tuple[tuple[str, str], ...]
    strata: tuple[StratumRow, ...]
    turns: tuple[TurnRow, ...]
    next: str
    reviewers: tuple[ReviewerRow, ...]


def present_samples(draws: Sequence[SampleDraw], *, door: Door) -> tuple[SampleRow, ...]:
    """Put all samples into rows, the newest first."""
    return tuple(_row(draw, door) for draw in draws)


def _row(draw: SampleDraw, door: Door) -> SampleRow:
    if draw.drawn_at is None:
        state = _("is drawn by the first head of the ledger from %(moment)s") % {"moment": words.moment(draw.head_from)}
        return SampleRow(_address(draw, door), words.sentence(words.month(draw.month)), state, "", "", "")
    found = results([draw])
    return SampleRow(
        address=_address(draw, door),
        month=words.sentence(words.month(draw.month)),
        state=_("drawn on %(day)s") % {"day": words.day(words.local_day(draw.drawn_at))},
        drawn=words.figure(found.drawn),
        reviewed=_percentage(found.reviewed, found.drawn),
        share=share_words(found, words.language()),
    )


def _address(draw: SampleDraw, door: Door) -> str:
    return door.address("sample", f"{draw.month:%Y-%m}")


def present_sample(
    draw: SampleDraw, *, turns: Sequence[SampleTurn], all_turns: Sequence[SampleTurn], names: Names, door: Door
) -> SamplePage:
    """Put one month into words; ``turns`` are those of the reader."""
    found = results([draw])
    open_turns = [turn for turn in turns if not hasattr(turn, "review")]
    return SamplePage(
        title=_("Sample of %(month)s") % {"month": words.month(draw.month)},
        back=door.address("samples"),
        standing=_standing(draw, found),
        share=share_sentence(found, words.language()),
        agreement=agreement_sentence(found, words.language()),
        unknown=unknown_sentence(found, words.language()),
        draw=_how_drawn(draw),
        strata=tuple(
            StratumRow(
                names.organisation(one.partner),
                names.service(one.service),
                words.figure(one.population),
                words.figure(one.drawn),
                words.figure(one.reviewed),
                words.figure(one.unjustified),
            )
            for one in found.strata
        ),
        turns=tuple(_turn(turn, draw, names, door) for turn in turns),
        next=_turn_address(open_turns[0], draw, door) if open_turns else "",
        reviewers=_reviewers(all_turns),
    )


def _standing(draw: SampleDraw, found: Results) -> str:
    if draw.drawn_at is None:
        return _("The first head of the ledger that is sealed from %(moment)s on fixes which exchanges are drawn.") % {
            "moment": words.moment(draw.head_from)
        }
    return _("%(drawn)s of %(population)s exchanges were drawn; %(done)s of %(turns)s reviews are done.") % {
        "drawn": words.figure(found.drawn),
        "population": words.figure(found.population),
        "done": words.figure(found.done),
        "turns": words.figure(found.turns),
    }


def _how_drawn(draw: SampleDraw) -> tuple[tuple[str, str], ...]:
    told = [(_("Announced"), f"{words.moment(draw.announced_at)}, {draw.announced_by}")]
    if draw.head_sealed_at is None or draw.head_root is None or draw.head_size is None:
        return tuple(told)
    return (
        *told,
        (_("Head of the ledger"), _("size %(size)s") % {"size": words.figure(draw.head_size)}),
        (_("Sealed"), words.exact_moment(draw.head_sealed_at)),
        (_("Root"), bytes(draw.head_root).hex()),
        (_("Seed"), draw.seed),
    )


def _turn(turn: SampleTurn, draw: SampleDraw, names: Names, door: Door) -> TurnRow:
    return TurnRow(
        address="" if hasattr(turn, "review") else _turn_address(turn, draw, door),
        number=words.figure(turn.item.number),
        partner=names.organisation(turn.item.partner),
        service=names.service(turn.item.service),
        judged=str(Judgement(turn.review.judgement).label) if hasattr(turn, "review") else "",
    )


def _turn_address(turn: SampleTurn, draw: SampleDraw, door: Door) -> str:
    return door.address("sample-review", f"{draw.month:%Y-%m}", turn.item.number)


def _reviewers(turns: Sequence[SampleTurn]) -> tuple[ReviewerRow, ...]:
    rows = []
    by_account: dict[Account, list[SampleTurn]] = {}
    for turn in turns:
        by_account.setdefault(turn.reviewer, []).append(turn)
    for reviewer, of in by_account.items():
        done = sum(hasattr(turn, "review") for turn in of)
        progress = _("%(done)s of %(all)s") % {"done": words.figure(done), "all": words.figure(len(of))}
        rows.append(ReviewerRow(reviewer.username, str(reviewer), progress, len(of) - done))
    return tuple(rows)


def _percentage(part: int, whole: int) -> str:
    return numbers.percentage(Fraction(part, whole), words.language()) if whole else ""
