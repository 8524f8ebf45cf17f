"""Trouble with volumes: what is asked swells, shrinks, stops or fails, and nobody says so."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import msgspec

from compliance.simulation.chance import chance
from compliance.simulation.days import HOUR, days
from compliance.simulation.misuse.ground import MINUTE, NoRoomError, hour_of
from compliance.simulation.misuse.label import Kind, Label, Level
from compliance.simulation.outages import Link, incident, link
from compliance.simulation.partners import PARTNERS
from compliance.simulation.question import ENDINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from compliance.simulation.acts import Act, Request
    from compliance.simulation.days import Day
    from compliance.simulation.misuse.ground import Ground

_T = TypeVar("_T")
_ENOUGH, _A_FEW = 150, 8  # exchanges, at full scale in the time that is troubled, and in half of its hours
_APART = 2  # days between two troubles of one partner


def _levels(blatant: _T, plain: _T, subtle: _T) -> Mapping[Level, _T]:
    return {Level.BLATANT: blatant, Level.PLAIN: plain, Level.SUBTLE: subtle}


# For how many hours or days, by how much there is more or less, or which share fails.
_HOURS: Mapping[Kind, Mapping[Level, int]] = {
    Kind.SPIKE: _levels(3, 3, 3),
    Kind.DIP: _levels(4, 4, 4),
    Kind.SILENCE: _levels(7, 4, 2),
    Kind.SILENT_DAY: _levels(24, 24, 12),
    Kind.ERRORS: _levels(3, 3, 3),
    Kind.UNANSWERED: _levels(3, 3, 3),
}
_SPANS: Mapping[Kind, int] = {Kind.SHIFT: 15, Kind.DRIFT: 30}
LASTING = frozenset(_SPANS)
_FACTORS: Mapping[Kind, Mapping[Level, float]] = {
    Kind.SPIKE: _levels(6.0, 3.0, 2.0),
    Kind.DIP: _levels(0.12, 0.3, 0.45),
    Kind.SILENCE: _levels(0.0, 0.0, 0.0),
    Kind.SILENT_DAY: _levels(0.0, 0.0, 0.0),
    Kind.SHIFT: _levels(3.0, 2.0, 1.6),
    Kind.DRIFT: _levels(3.0, 2.2, 1.7),
    Kind.ERRORS: _levels(0.8, 0.4, 0.15),
    Kind.UNANSWERED: _levels(0.8, 0.4, 0.15),
}
_ENDINGS: Mapping[Kind, str] = {Kind.ERRORS: "failed", Kind.UNANSWERED: "unanswered"}
_SILENT = frozenset({Kind.SILENT_DAY, Kind.SILENCE, Kind.DIP})
_OF_ONE_SERVICE = frozenset({Kind.SPIKE, Kind.DIP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happens to a partner's acts (of one service, or all) between two moments.

    ``factor`` is by how much there are more or fewer at a moment; ``ending`` is how a ``share`` of them ends.
    """

    label: Label
    factor: Callable[[int], float] = lambda _at: 1.0
    ending: str = ""
    share: float = 0.0

    def touches(self, day: Day) -> bool:
        """Tell whether a day lies in it."""
        return self.label.begins < day.start + day.length and day.start < self.label.ends


class Changer:
    """Changes days of acts. Requests that fail are made once, so that they stay few."""

    def __init__(self, changes: tuple[Change, ...], *, seed: int) -> None:
        """Take the changes, in their order."""
        self._changes, self._seed = changes, seed
        self._failing: dict[tuple[int, str], tuple[Request, Request]] = {}

    def changed(self, day: Day, acts: list[Act]) -> list[Act]:
        """Return the acts of a day as they are with every trouble of it."""
        for change in self._changes:
            if change.touches(day):
                acts = list(self._one(change, acts, day))
        return acts

    def _one(self, change: Change, acts: list[Act], day: Day) -> Iterator[Act]:
        draw = chance(self._seed, change.label.name, day.date).random
        label = change.label
        for act in acts:
            inside = label.begins <= act.at < label.ends and partner_of(act) == label.partner
            if not inside or label.service not in ("", act.request.service.code):
                yield act
                continue
            if change.ending and draw() < change.share:
                act.request = self._ended(act.request, change.ending)
            wanted = change.factor(act.at) + draw()
            if wanted >= 1:
                yield act
            for _ in range(int(wanted) - 1):
                at = min(max(label.begins, act.at + int((draw() - 0.5) * 20 * MINUTE)), label.ends - 1)
                yield msgspec.structs.replace(act, at=at)

    def _ended(self, request: Request, ending: str) -> Request:
        key = (id(request), ending)
        if key not in self._failing:
            how = ENDINGS[ending][0][0]  # type: ignore[index]
            failing = msgspec.structs.replace(
                request,
                outcome=how.outcome,
                exceptions=how.exceptions,
                delivered=(),
                records=0,
                milliseconds=how.milliseconds if how.answered else None,
                response_bytes=700 if how.answered else None,
                digested=False,
            )
            self._failing[key] = (request, failing)
        return self._failing[key][1]


class Troubles:
    """Finds hours in which trouble can be seen, each partner's some days apart."""

    def __init__(self, ground: Ground) -> None:
        """Take where the stories are planted."""
        self._ground = ground
        self._taken: list[tuple[str, int, int]] = []
        self._days: dict[int, Counter[tuple[str, str, int]]] = {}
        self._number = 0

    def plant(self, kind: Kind, level: Level) -> Change:
        """Return one trouble. Raises :class:`NoRoomError`."""
        if kind in _SPANS:
            return self._span(kind, level, span=_SPANS[kind], factor=_FACTORS[kind][level])
        ending = _ENDINGS.get(kind, "")
        return self._hours(
            kind,
            level,
            hours=_HOURS[kind][level],
            factor=1.0 if ending else _FACTORS[kind][level],
            one_service=kind in _OF_ONE_SERVICE,
            ending=ending,
            share=_FACTORS[kind][level] if ending else 0.0,
        )

    def _hours(
        self,
        kind: Kind,
        level: Level,
        *,
        hours: int,
        factor: float,
        one_service: bool,
        ending: str = "",
        share: float = 0.0,
    ) -> Change:
        stream = self._ground.stream
        for _ in range(600):
            day = stream.choice(days()[self._ground.first : self._ground.last])
            partner = stream.choice(PARTNERS).partner
            if not self._is_free(partner, day, 1):
                continue
            begins = day.start if hours >= 12 else hour_of(day, stream.randrange(1, max(2, 22 - hours)))  # noqa: PLR2004
            ends = begins + (day.length if hours >= 24 else hours * HOUR)  # noqa: PLR2004 a whole day
            service = self._busy_service(day, partner, begins, ends, one_service=one_service)
            if service is not None:
                return self._change(
                    kind,
                    level,
                    partner,
                    service,
                    begins,
                    ends,
                    ripe=begins,
                    factor=lambda _at: factor,
                    ending=ending,
                    share=share,
                )
        message = f"There is no room for {kind}."
        raise NoRoomError(message)

    def _span(self, kind: Kind, level: Level, *, span: int, factor: float) -> Change:
        stream = self._ground.stream
        room = self._ground.last - self._ground.first - span
        for _ in range(400):
            if room < 1:
                break
            day = days()[self._ground.first + stream.randrange(room)]
            partner = stream.choice(PARTNERS).partner
            if not self._is_free(partner, day, span):
                continue
            begins, ends = day.start, day.start + span * 24 * HOUR
            service = self._busy_service(day, partner, begins, begins + day.length, one_service=True)
            if service is None:
                continue
            if kind is Kind.SHIFT:
                return self._change(kind, level, partner, service, begins, ends, ripe=begins, factor=lambda _at: factor)
            top = begins + (ends - begins) * 2 // 3

            def ramp(at: int, begins: int = begins, top: int = top) -> float:
                return 1.0 + (factor - 1.0) * min(1.0, (at - begins) / (top - begins))

            half = begins + (top - begins) // 2
            return self._change(kind, level, partner, service, begins, ends, ripe=half, factor=ramp)
        message = f"There is no room for {kind}."
        raise NoRoomError(message)

    def _is_free(self, partner: str, day: Day, span: int) -> bool:
        touched = days()[max(0, day.number - 1) : day.number + span + 1]
        if any(link(partner, each) is not Link.UP for each in touched):
            return False
        if span == 1 and (any(incident(self._ground.world.seed, partner, day))):
            return False
        begin, end = day.number - _APART, day.number + span + _APART
        return not any(taken == partner and first < end and begin < last for taken, first, last in self._taken)

    def _busy_service(self, day: Day, partner: str, begins: int, ends: int, *, one_service: bool) -> str | None:
        """Return a service that is asked often enough then, or all together; nothing where it is too quiet."""
        hours = max(1, min(8, (ends - begins) // HOUR))
        asked: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for (who, service, hour), count in self._counted(day).items():
            if who == partner and begins <= hour < ends:
                asked[service if one_service else ""][hour] += count
        least = max(25, int(_ENOUGH * float(self._ground.world.scale) ** 0.5))
        busy = [
            name
            for name, each in asked.items()
            if sum(each.values()) >= least and sum(count >= _A_FEW for count in each.values()) * 2 >= hours
        ]
        return self._ground.stream.choice(sorted(busy)) if busy else None

    def _counted(self, day: Day) -> Counter[tuple[str, str, int]]:
        """Count a day's acts by partner, service and the moment at which the hour began."""
        if day.number not in self._days:
            acts = self._ground.world.acts(day)
            self._days[day.number] = Counter(
                (partner_of(act), act.request.service.code, act.at - act.at % HOUR) for act in acts
            )
        return self._days[day.number]

    def _change(
        self,
        kind: Kind,
        level: Level,
        partner: str,
        service: str,
        begins: int,
        ends: int,
        *,
        ripe: int,
        factor: Callable[[int], float],
        ending: str = "",
        share: float = 0.0,
    ) -> Change:
        first = next(day.number for day in days() if begins < day.start + day.length)
        last = first + max(1, round((ends - begins) / (24 * HOUR)))
        self._taken.append((partner, first, last))
        if kind in _SILENT:
            self._ground.silent.update((partner, number) for number in range(first, last))
        self._number += 1
        label = Label(
            name=f"{kind}/{level}/{self._number}",
            kind=kind,
            level=level,
            partner=partner,
            service=service,
            begins=begins,
            ripe=ripe,
            ends=ends,
        )
        return Change(label=label, factor=factor, ending=ending, share=share)


def partner_of(act: Act) -> str:
    """Return the partner under whose name an act counts."""
    asked, asker = act.request, act.asker
    return asker.on_behalf_of or asker.organisation if asked.direction == "provided" else asked.source


VOLUMES: Mapping[Kind, None] = dict.fromkeys(
    (Kind.DRIFT, Kind.SHIFT, Kind.SILENT_DAY, Kind.SILENCE, Kind.DIP, Kind.SPIKE, Kind.ERRORS, Kind.UNANSWERED)
)
