"""How a story is written down: its acts, and the label that says what they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compliance.simulation.misuse.label import Kind, Label, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compliance.exchanges.submission import Asker
    from compliance.simulation.misuse.ground import Ground, Planted

    Plant = Callable[[Ground, Level], "Story"]


@dataclass(slots=True, kw_only=True)
class Away:
    """Somebody who asks nothing from one day's number until another's: their work goes to colleagues."""

    asker: Asker
    begins: int
    ends: int


@dataclass(slots=True, kw_only=True)
class File:
    """A dossier that a partner has beside those that follow from its workers' files; days by their number."""

    partner: str
    person: str
    holder: Asker
    opened: int
    closed: int | None = None


@dataclass(slots=True, kw_only=True)
class Story:
    """A label with the acts that were planted for it, and what they need around them."""

    label: Label
    acts: list[Planted]
    files: list[File] = field(default_factory=list)
    away: list[Away] = field(default_factory=list)


def story(  # the label's own fields
    kind: Kind,
    level: Level,
    acts: list[Planted],
    *,
    partner: str,
    ripe: int = 0,
    service: str = "",
    files: Sequence[File] = (),
    away: Sequence[Away] = (),
) -> Story:
    """Label acts; ``ripe`` is the place (from 0) of the act that makes the story more than could be chance."""
    ordered = sorted(acts, key=lambda planted: planted.act.at)
    moments = [planted.act.at for planted in ordered]
    askers = {planted.act.asker: None for planted in ordered}
    label = Label(
        name="",
        kind=kind,
        level=level,
        partner=partner,
        begins=moments[0],
        ripe=moments[min(ripe, len(moments) - 1)],
        ends=moments[-1],
        service=service,
        askers=tuple(askers),
        persons=frozenset(subject.value for planted in ordered for subject in planted.act.subjects),
        exchanges=len(ordered),
    )
    return Story(label=label, acts=ordered, files=list(files), away=list(away))


def at_level(level: Level, blatant: int, plain: int, subtle: int) -> int:
    """Return the number that belongs to a level."""
    return {Level.BLATANT: blatant, Level.PLAIN: plain, Level.SUBTLE: subtle}[level]
