"""All partners in a list: the share that was covered, and what ends first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.console.presenters import words
from compliance.console.presenters.partner import present_what
from compliance.console.presenters.use_trend import share_of
from compliance.reporting.authorisation_use.read_use import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from compliance.console.door import Door
    from compliance.registry.models import Organisation
    from compliance.reporting.partner_standing.expiries import Expiry


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One partner."""

    name: str
    kind: str
    address: str
    exchanges: str
    share: str
    outside: str
    ends: str
    what: str


@dataclass(frozen=True, slots=True)
class PartnerList:
    """The rows, and since when exchanges are counted in them."""

    rows: tuple[PartnerRow, ...]
    since: str


def present_partners(
    *,
    partners: Iterable[Organisation],
    since: date | None,
    shares: Mapping[str, Told],
    expiries: Mapping[str, Expiry],
    door: Door,
) -> PartnerList:
    """Put the partners into rows."""
    return PartnerList(
        rows=tuple(_row(one, shares.get(one.code, Told(0, 0)), expiries.get(one.code), door) for one in partners),
        since=_("Exchanges in production since %(day)s.") % {"day": words.day(since)} if since else "",
    )


def _row(partner: Organisation, told: Told, expiry: Expiry | None, door: Door) -> PartnerRow:
    exchanges = told.covered + told.outside
    return PartnerRow(
        name=partner.name,
        kind=str(partner.get_kind_display()),
        address=door.address("partner", partner.code),
        exchanges=words.figure(exchanges),
        share=share_of(told),
        outside=words.figure(told.outside),
        ends=words.day(expiry.day) if expiry else "",
        what=present_what(expiry) if expiry else "",
    )
