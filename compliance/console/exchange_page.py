"""One page of a list of exchanges, newest first: found by the identifier next to it, never by counting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from compliance.console.days import midnight
from compliance.console.exchange_filter import DayField
from compliance.kernel.errors import ComplianceError
from compliance.kernel.record_id import first_at

if TYPE_CHECKING:
    from django.http import QueryDict

    from compliance.exchanges.models import Exchange
    from compliance.exchanges.queries import ExchangeQuerySet

SIZE = 50
PATIENCE = "5s"


class TooSlowError(ComplianceError):
    """The question touches too much to be answered while somebody waits."""

    problem_type = "too-slow"
    status = 503
    title = "This search takes too long."


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page begins: below an identifier (older), above one (newer), or at the newest."""

    before: UUID | None = None
    after: UUID | None = None


@dataclass(frozen=True, slots=True)
class ExchangePage:
    """At most fifty exchanges, newest first, and whether there are others on either side."""

    exchanges: tuple[Exchange, ...]
    newer: bool
    older: bool


def position_in(address: QueryDict) -> Position:
    """Read ``on`` (a day to jump to), ``before`` and ``after``; what cannot be read begins at the newest."""
    day = _day(address.get("on", ""))
    if day is not None:
        return Position(before=day)
    return Position(before=_identifier(address.get("before", "")), after=_identifier(address.get("after", "")))


def page_at(exchanges: ExchangeQuerySet, position: Position) -> ExchangePage:
    """Read one page; three queries at the most. Raises :class:`TooSlowError` when patience ends."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [PATIENCE])
            return _newer(exchanges, position.after) if position.after else _older(exchanges, position.before)
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooSlowError from error
        raise


def _older(exchanges: ExchangeQuerySet, before: UUID | None) -> ExchangePage:
    newest_first = exchanges.newest_first()
    rows = list((newest_first.after(before) if before else newest_first)[: SIZE + 1])
    newer = before is not None and exchanges.filter(id__gte=before).exists()
    return ExchangePage(tuple(rows[:SIZE]), newer=newer, older=len(rows) > SIZE)


def _newer(exchanges: ExchangeQuerySet, after: UUID) -> ExchangePage:
    rows = list(exchanges.filter(id__gt=after).order_by("id")[: SIZE + 1])
    if len(rows) < SIZE:  # a first page that is not full would hide what stands below it
        return _older(exchanges, None)
    return ExchangePage(tuple(reversed(rows[:SIZE])), newer=len(rows) > SIZE, older=True)


def _identifier(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _day(text: str) -> UUID | None:
    try:
        day = DayField(label="").clean(text)
    except ValidationError:
        return None
    return first_at(midnight(day + timedelta(days=1))) if day else None
