"""How a partner stands: what waits for it, what ends when, which share was covered, and whom to turn to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.console.presenters import words
from compliance.console.presenters.authorisation_list import AuthorisationRow, present_authorisations, title_of
from compliance.console.presenters.open_questions import OpenQuestion, present_open_questions
from compliance.console.presenters.use_trend import PresentedTrend, present_share
from compliance.registry.keeper import keeper
from compliance.registry.models import Organisation
from compliance.reporting.partner_standing.expiries import Expiry, ExpiryKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.utils.functional import Promise

    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.console.door import Door
    from compliance.console.instruments import Instrument
    from compliance.console.presenters.names import Names
    from compliance.reporting.authorisation_use.quarter import Quarter
    from compliance.reporting.authorisation_use.read_use import Told

KINDS: dict[ExpiryKind, Promise | str] = {
    ExpiryKind.AUTHORISATION: gettext_lazy("authorisation"),
    ExpiryKind.MANDATE: gettext_lazy("processing on behalf of"),
    ExpiryKind.CONNECTION: gettext_lazy("connection"),
    ExpiryKind.CREDENTIAL: gettext_lazy("key of a system"),
}


@dataclass(frozen=True, slots=True)
class End:
    """One thing that ends."""

    day: str
    what: str
    kind: str
    address: str


@dataclass(frozen=True, slots=True)
class MonthOfEnds:
    """The ends of one month."""

    month: str
    ends: tuple[End, ...]


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A data protection officer."""

    whose: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class PartnerStory:
    """What the template needs."""

    name: str
    kind: str
    open: tuple[OpenQuestion, ...]
    months: tuple[MonthOfEnds, ...]
    calendar: str
    share: PresentedTrend
    authorisations: tuple[AuthorisationRow, ...]
    exchanges: str
    statistics: str
    contacts: tuple[ContactLine, ...]


def present_partner(
    *,
    partner: Organisation,
    at: datetime,
    requests: Iterable[AuthorisationRequest],
    expiries: Sequence[Expiry],
    shares: Sequence[tuple[Quarter, Told]],
    instruments: Iterable[Instrument],
    names: Names,
    door: Door,
    locked: bool,
) -> PartnerStory:
    """Put the standing of a partner into words; ``locked`` when the reader is of the partner itself."""
    calendar = ("standing-calendar",) if locked else ("partner-calendar", partner.code)
    return PartnerStory(
        name=partner.name,
        kind=words.sentence(str(partner.get_kind_display())),
        open=present_open_questions(requests=requests, partner=partner.code, door=door),
        months=_months(expiries, door),
        calendar=door.address(*calendar) if expiries else "",
        share=present_share(shares),
        authorisations=present_authorisations(instruments=instruments, at=at, names=names, door=door),
        exchanges=door.address("exchanges", query=None if locked else {"partner": partner.code}),
        statistics=door.address("statistics"),
        contacts=tuple(_contacts(partner)),
    )


def present_what(expiry: Expiry) -> str:
    """Name what ends."""
    if expiry.authorisation is None:
        return expiry.what
    return f"{title_of(expiry.authorisation)} ({expiry.what})"


def _months(expiries: Sequence[Expiry], door: Door) -> tuple[MonthOfEnds, ...]:
    by_month = groupby(expiries, key=lambda one: one.day.replace(day=1))
    return tuple(
        MonthOfEnds(words.sentence(words.month(month)), tuple(_end(one, door) for one in ends))
        for month, ends in by_month
    )


def _end(expiry: Expiry, door: Door) -> End:
    linked = expiry.kind is ExpiryKind.AUTHORISATION
    return End(
        day=words.day(expiry.day),
        what=present_what(expiry),
        kind=str(KINDS[expiry.kind]),
        address=door.address("authorisation", expiry.what, expiry.number) if linked else "",
    )


def _contacts(partner: Organisation) -> Iterable[ContactLine]:
    """Yield the data protection officers of both sides, as the register has them."""
    yield ContactLine(partner.name, partner.dpo_name or _("not in the register yet"), partner.dpo_email)
    bank = Organisation.objects.filter(code=keeper()).first()
    if bank is not None and bank.pk != partner.pk:
        yield ContactLine(bank.name, bank.dpo_name or _("not in the register yet"), bank.dpo_email)
