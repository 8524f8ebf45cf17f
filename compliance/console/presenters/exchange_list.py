"""A list of exchanges: rows by day, what it is narrowed to, and where to go on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from compliance.console.presenters import words
from compliance.console.presenters.badge import (
    Badge,
    present_environment,
    present_outcome,
    present_verdict,
    service_outcome_words,
)
from compliance.exchanges.vocabulary import Environment, Trigger

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from compliance.console.door import Door
    from compliance.console.exchange_filter import ExchangeFilter
    from compliance.console.exchange_page import ExchangePage
    from compliance.console.presenters.names import Names
    from compliance.exchanges.models import Exchange


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """One exchange in a table."""

    address: str
    time: str
    at: str
    partner: str
    service: str
    purpose: str
    outcome: Badge
    outcome_more: str
    verdict: Badge
    route: str
    how: str
    reference: str
    remark: str
    environment: Badge | None


@dataclass(frozen=True, slots=True)
class Day:
    """The exchanges of one day in Brussels."""

    words: str
    rows: tuple[ExchangeRow, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that the list is narrowed to, and the address without it."""

    words: str
    without: str


@dataclass(frozen=True, slots=True)
class ExchangeList:
    """What the template of a list needs."""

    address: str
    days: tuple[Day, ...]
    chips: tuple[Chip, ...]
    shown: str
    end: str
    newest: str
    newer: str
    older: str
    kept: tuple[tuple[str, str], ...]
    is_own: bool
    environment: str
    aside: bool


def present_exchange_list(
    *, page: ExchangePage, narrowed: ExchangeFilter, corrected: Collection[UUID], names: Names, door: Door
) -> ExchangeList:
    """Put a page of exchanges into words."""
    query = narrowed.query()
    found = page.exchanges
    newest = door.address("exchanges", query=query)
    return ExchangeList(
        address=door.address("exchanges"),
        days=present_days(exchanges=found, corrected=corrected, names=names, door=door),
        chips=tuple(_chips(narrowed, door)),
        shown=_shown(page),
        end="" if page.older or not found else _("The end of the list: nothing older fits."),
        newest=newest if page.newer else "",
        newer=door.address("exchanges", query={**query, "after": str(found[0].id)}) if page.newer and found else "",
        older=door.address("exchanges", query={**query, "before": str(found[-1].id)}) if page.older else "",
        kept=tuple(query.items()),
        is_own="partner" not in narrowed.fields,
        environment=_environment_sentence(narrowed.ran_in),
        aside=narrowed.ran_in != Environment.PRODUCTION,
    )


def present_days(
    *, exchanges: Collection[Exchange], corrected: Collection[UUID], names: Names, door: Door
) -> tuple[Day, ...]:
    """Put exchanges, newest first, into rows under their days."""
    return tuple(
        Day(words.sentence(words.weekday(day)), tuple(_row(one, corrected, names, door) for one in group))
        for day, group in groupby(exchanges, key=lambda one: words.local_day(one.started_at))
    )


def _row(exchange: Exchange, corrected: Collection[UUID], names: Names, door: Door) -> ExchangeRow:
    return ExchangeRow(
        address=door.address("exchange", exchange.id),
        time=words.time(exchange.started_at),
        at=exchange.started_at.isoformat(),
        partner=names.organisation(exchange.partner),
        service=names.service(exchange.service),
        purpose=names.purpose(exchange.purpose),
        outcome=present_outcome(exchange.outcome),
        outcome_more=service_outcome_words(exchange.service_outcome),
        verdict=present_verdict(exchange.verdict),
        route=names.route(exchange.route),
        how=str(Trigger(exchange.trigger).label) if exchange.trigger in Trigger.values else exchange.trigger,
        reference=exchange.message_reference,
        remark=_remark(exchange, corrected),
        environment=present_environment(exchange.environment),
    )


def _remark(exchange: Exchange, corrected: Collection[UUID]) -> str:
    remarks = []
    if exchange.corrects:
        remarks.append(_("corrects an earlier record"))
    if exchange.id in corrected:
        remarks.append(_("corrected later"))
    return ", ".join(remarks)


def _environment_sentence(environment: str) -> str:
    """Say of which environment a list is: production, unless another was asked for."""
    match environment:
        case Environment.PRODUCTION:
            return _("Exchanges in production only. What ran in acceptance or test stands apart.")
        case Environment.ACCEPTANCE:
            return _("Exchanges of the acceptance environment only. They are in no figure.")
        case Environment.TEST:
            return _("Exchanges of the test environment only. They are in no figure.")
        case _:
            return _("Exchanges of all environments together. Only those in production are in the figures.")


def _chips(narrowed: ExchangeFilter, door: Door) -> list[Chip]:
    chips = []
    for name in narrowed.chosen:
        field = narrowed[name]
        said = narrowed.query()[name]
        choices = dict(flatten_choices(getattr(field.field, "choices", ())))
        day = narrowed.cleaned_data[name]
        value = words.day(day) if hasattr(day, "isoformat") else str(choices.get(said, said))
        chips.append(Chip(f"{field.label}: {value}", door.address("exchanges", query=narrowed.query(without=name))))
    return chips


def _shown(page: ExchangePage) -> str:
    if not page.exchanges:
        return ""
    newest, oldest = page.exchanges[0].started_at, page.exchanges[-1].started_at
    count = len(page.exchanges)
    if count == 1:
        return _("One exchange, of %(moment)s.") % {"moment": words.moment(newest)}
    return _("%(count)s exchanges, from %(newest)s back to %(oldest)s.") % {
        "count": words.figure(count),
        "newest": words.moment(newest),
        "oldest": words.moment(oldest),
    }
