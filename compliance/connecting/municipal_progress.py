"""How far each municipality's OCMW is: connected, in which step of its way, or not begun."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from compliance.connecting.models import Connection
from compliance.connecting.vocabulary import Step
from compliance.registry.models import ConnectionPeriod
from compliance.registry.municipalities import municipalities_on
from compliance.registry.span import Span

if TYPE_CHECKING:
    from datetime import date

    from compliance.registry.municipalities import Municipality


class Progress(StrEnum):
    """How far one is, in the order of the way."""

    NOT_BEGUN = "not-begun"
    ANALYSIS = Step.ANALYSIS.value
    ACCEPTANCE = Step.ACCEPTANCE.value
    TESTS_PASSED = Step.TESTS_PASSED.value
    PRODUCTION = Step.PRODUCTION.value
    CONNECTED = "connected"


@dataclass(frozen=True, slots=True)
class MunicipalProgress:
    """One municipality: how far it is, by which route (code), with which vendor (code), connected since when."""

    municipality: Municipality
    progress: Progress
    route: str = ""
    vendor: str = ""
    since: date | None = None
    has_board: bool = False


def municipal_progress(*, division: date, today: date) -> list[MunicipalProgress]:
    """Return every municipality of a day (``division``), by name, and how far its OCMW is today. Two queries."""
    boards = {
        one.organisation.code: one for one in Connection.objects.select_related("organisation", "route", "vendor")
    }
    periods: dict[str, tuple[str, date]] = {}
    for period in ConnectionPeriod.objects.select_related("organisation", "route").order_by("connected_from"):
        if Span(period.connected_from, period.connected_until).holds(today):
            periods.setdefault(period.organisation.code, (period.route.code, period.connected_from))
    return [_progress(one, boards.get(one.ocmw), periods.get(one.ocmw)) for one in municipalities_on(division)]


def _progress(one: Municipality, board: Connection | None, period: tuple[str, date] | None) -> MunicipalProgress:
    vendor = board.vendor.code if board is not None and board.vendor is not None else ""
    if period is not None:
        route, since = period
        return MunicipalProgress(one, Progress.CONNECTED, route, vendor, since, has_board=board is not None)
    if board is not None:
        return MunicipalProgress(one, Progress(board.step), board.route.code, vendor, has_board=True)
    return MunicipalProgress(one, Progress.NOT_BEGUN)
