"""From acts to the table that detectors look at, as the database gives it, without going through the database.

What many acts have in common (their request, who asks) is worked out once and taken by number, so that a day of a
hundred thousand exchanges takes well under a second.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from compliance.authorisations.covers import Coverage
from compliance.authorisations.judgement import Shape
from compliance.detection.detectors.window import TRAFFIC
from compliance.detection.evaluation.pseudonyms import Pseudonyms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from compliance.authorisations.judgement import Judgement
    from compliance.authorisations.terms import Terms
    from compliance.exchanges.submission import Asker
    from compliance.simulation.acts import Act, Request
    from compliance.simulation.days import Day

PRODUCER: Final = "KBI"
_BRUSSELS: Final = ZoneInfo("Europe/Brussels")
_SECONDS_TO_RECORD: Final = 2
_HOURS_LATE: Final = 26

_OF_REQUEST: Final = (
    *("source", "service", "purpose", "route", "direction", "trigger", "outcome", "service_outcome"),
    *("requested", "delivered", "search_keys", "relation", "records"),
)


class Told(NamedTuple):
    """A day as a table, its labels by the identifier of an exchange, and the producer's next number."""

    traffic: pl.DataFrame
    labels: dict[str, str]
    next_number: int


class Frames:
    """Makes tables of days of acts."""

    def __init__(self, *, terms: Iterable[Terms], pseudonyms: Pseudonyms | None = None) -> None:
        """Take the authorisations by which exchanges are judged."""
        self.pseudonyms = pseudonyms or Pseudonyms()
        self._coverage = Coverage(terms)
        self._requests: dict[int, int] = {}
        self._kept: list[Request] = []
        self._askers: dict[Asker, int] = {}
        self._asker_rows: list[Asker] = []

    def of(self, day: Day, acts: Sequence[Act], *, named: Mapping[int, str], number: int, late: frozenset[str]) -> Told:
        """Return the table of a day's acts, which are in order, each about somebody; ``number`` is the producer's next.

        ``late`` are the partners of whose machines the file came a day later.
        """
        places = [place for place, act in enumerate(acts) if not act.lost]
        told = acts if len(places) == len(acts) else [acts[place] for place in places]
        place = np.array(places, dtype=np.int64)
        true = np.fromiter((act.at for act in told), dtype=np.int64, count=len(told))
        at = true + np.fromiter((act.skew for act in told), dtype=np.int64, count=len(told))
        request = self._numbered_requests(told)
        asker = self._numbered_askers(told)
        persons = np.fromiter((len(act.subjects) for act in told), dtype=np.int64, count=len(told))
        identifiers = _identifiers(day, place)
        verdict, verdicts = self._verdicts(day, at, request, asker)
        columns = {
            "exchange": identifiers,
            "at": pl.Series(at * 1_000).cast(pl.Datetime("us", "UTC")),
            "_true": pl.Series(true * 1_000).cast(pl.Datetime("us", "UTC")),
            "reference": self._references(day, place, request, told),
            "sequence": pl.Series(place + number),
            "subjects": pl.Series(persons, dtype=pl.Int32),
            "dossier": self._dossiers(told),
        }
        traffic = pl.DataFrame(columns).hstack(self._request_table()[request].get_columns())
        traffic = traffic.hstack(self._asker_table()[asker].get_columns()).hstack(verdicts[verdict].get_columns())
        traffic = traffic.with_columns(
            hour=pl.col("at").dt.convert_time_zone(_BRUSSELS.key).dt.hour().cast(pl.Int8),
            environment=pl.lit("production"),
            decision=pl.lit(""),
            producer=pl.lit(PRODUCER),
            partner=pl.when(pl.col("direction") == "provided").then("_recipient").otherwise("source"),
        ).with_columns(recorded_at=_recorded(late))
        traffic = traffic[np.repeat(np.arange(len(told)), persons)]
        nationals, ranges = self.pseudonyms.nationals(subject.value for act in told for subject in act.subjects)
        traffic = traffic.with_columns(
            person=pl.Series(nationals, dtype=pl.Int64), number_range=pl.Series(ranges, dtype=pl.Int64)
        )
        labels = {identifiers[n]: named[was] for n, was in enumerate(places) if was in named} if named else {}
        return Told(
            traffic.select(pl.col(name).cast(kind) for name, kind in TRAFFIC.items()), labels, number + len(acts)
        )

    def _numbered_requests(self, acts: Sequence[Act]) -> NDArray[np.int64]:
        known = self._requests
        for key, asked in {id(act.request): act.request for act in acts}.items():
            if key not in known:
                known[key] = len(self._kept)
                self._kept.append(asked)
        return np.fromiter((known[id(act.request)] for act in acts), dtype=np.int64, count=len(acts))

    def _numbered_askers(self, acts: Sequence[Act]) -> NDArray[np.int64]:
        today: dict[int, int] = {}
        for key, asker in {id(act.asker): act.asker for act in acts}.items():
            if asker not in self._askers:
                self._askers[asker] = len(self._asker_rows)
                self._asker_rows.append(asker)
            today[key] = self._askers[asker]
        return np.fromiter((today[id(act.asker)] for act in acts), dtype=np.int64, count=len(acts))

    def _request_table(self) -> pl.DataFrame:
        rows: list[dict[str, Any]] = [
            {
                "source": asked.source,
                "service": asked.service.code,
                "purpose": asked.purpose,
                "route": asked.route,
                "direction": asked.direction,
                "trigger": asked.trigger,
                "outcome": asked.outcome,
                "service_outcome": asked.service_outcome or "",
                "requested": ",".join(sorted(asked.requested)),
                "delivered": ",".join(sorted(asked.delivered)),
                "search_keys": ",".join(asked.search_keys),
                "relation": asked.relation,
                "records": asked.records,
            }
            for asked in self._kept
        ]
        return pl.DataFrame(rows, schema={**{name: TRAFFIC[name] for name in _OF_REQUEST}})

    def _asker_table(self) -> pl.DataFrame:
        rows = [
            {
                "asker": asker.organisation,
                "_recipient": asker.on_behalf_of or asker.organisation,
                "application": asker.application,
                "group": asker.user.group if asker.user else None,
                "user": self.pseudonyms.person(asker.organisation, asker.user.kind, asker.user.value)
                if asker.user
                else None,
            }
            for asker in self._asker_rows
        ]
        return pl.DataFrame(
            rows,
            schema={
                **{name: TRAFFIC[name] for name in ("asker",)},
                "_recipient": pl.String(),
                **{name: TRAFFIC[name] for name in ("application", "group", "user")},
            },
        )

    def _verdicts(
        self, day: Day, at: NDArray[np.int64], request: NDArray[np.int64], asker: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], pl.DataFrame]:
        """Return the verdict of each act, by its number in a table: the same within an hour of the clock."""
        hour = (at - day.start) // 3_600_000 + 24
        key = (request * (len(self._asker_rows) + 1) + asker) * 96 + np.clip(hour, 0, 95)
        distinct, first, inverse = np.unique(key, return_index=True, return_inverse=True)
        found: dict[Judgement, int] = {}
        numbers = np.empty(len(distinct), dtype=np.int64)
        for n, place in enumerate(first):
            judgement = self._judge(self._kept[request[place]], self._asker_rows[asker[place]], int(at[place]))
            numbers[n] = found.setdefault(judgement, len(found))
        rows = [
            {
                "verdict": str(judgement.verdict),
                "reasons": _reasons(judgement),
                "authorisation": judgement.authorisation,
            }
            for judgement in found
        ]
        schema = {name: TRAFFIC[name] for name in ("verdict", "reasons", "authorisation")}
        return numbers[inverse], pl.DataFrame(rows, schema=schema)

    def _judge(self, asked: Request, asker: Asker, at: int) -> Judgement:
        shape = Shape(
            asker.on_behalf_of or asker.organisation,
            asked.source,
            asked.service.code,
            asked.service.version,
            asked.purpose,
            asked.legal_basis,
            asked.requested if asked.delivered == asked.requested else asked.requested + asked.delivered,
            asked.route,
            "production",
        )
        group = asker.user.group if asker.user else None
        by_nobody_known = "" if group is None and asked.trigger == "manual" else group
        return self._coverage.judge(shape, at=at * 1_000, user_group=by_nobody_known)

    def _references(
        self, day: Day, place: NDArray[np.int64], request: NDArray[np.int64], acts: Sequence[Act]
    ) -> pl.Series:
        prefix = pl.Series([asked.reference for asked in self._kept], dtype=pl.String)[request]
        made = pl.select(
            pl.lit(prefix) + pl.lit(f"-{day.date:%y%m%d}-") + pl.Series(place).cast(pl.String).str.zfill(7)
        ).to_series()
        own = {n: act.reference for n, act in enumerate(acts) if act.reference is not None}
        return made.scatter(list(own), list(own.values())) if own else made

    def _dossiers(self, acts: Sequence[Act]) -> pl.Series:
        pseudonym = self.pseudonyms.dossier
        return pl.Series(
            [None if act.dossier is None else pseudonym(act.asker.organisation, act.dossier) for act in acts],
            dtype=pl.Int64,
        )


def _identifiers(day: Day, place: NDArray[np.int64]) -> pl.Series:
    start = f"{day.date:%Y%m%d}-0000-8000-8000-"
    return pl.select(pl.lit(start) + pl.Series(place).cast(pl.String).str.zfill(12)).to_series()


def _recorded(late: frozenset[str]) -> pl.Expr:
    file = pl.col("partner").is_in(sorted(late)) & (pl.col("trigger") == "automatic")
    whole = pl.col("_true").dt.truncate("1d") + pl.duration(days=1, hours=_HOURS_LATE - 24)
    return pl.when(file).then(whole).otherwise(pl.col("_true") + pl.duration(seconds=_SECONDS_TO_RECORD))


def _reasons(judgement: Judgement) -> str:
    """Write reasons as the database's window does."""
    return ",".join(
        f"{reason.verdict}/{detail}" if detail else str(reason.verdict)
        for reason in judgement.reasons
        for detail in (reason.detail if str(reason.verdict) == "category-outside" else reason.detail[:1]) or ("",)
    )


def moment(milliseconds: int) -> datetime:
    """Return a moment of the simulation in UTC."""
    return datetime.fromtimestamp(milliseconds / 1_000, UTC)
