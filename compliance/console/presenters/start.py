"""The start pages: each role reads first what needs attention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from compliance.console.door import CONSOLE
from compliance.console.figures import months, totals, window
from compliance.console.instruments import Standing, instruments
from compliance.console.operations import operations
from compliance.console.presenters import words
from compliance.console.presenters.acts import PresentedAct, present_acts
from compliance.console.presenters.attention import Attention, present_attention
from compliance.console.presenters.authorisation_list import AuthorisationRow, present_authorisations
from compliance.console.presenters.cases.today import Today, present_today
from compliance.console.presenters.glance import Glance, present_glance
from compliance.console.presenters.health import Health, present_health
from compliance.console.presenters.names import Names
from compliance.console.presenters.provenance import first_record
from compliance.console.presenters.request_asked import RequestsAsked, present_asked
from compliance.kernel.clock import now
from compliance.kernel.record_id import first_at
from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind
from compliance.registry.keeper import keeper
from compliance.registry.models import Organisation

if TYPE_CHECKING:
    from compliance.access.models import Account

LOOKED_BACK = timedelta(days=90)
ACTS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class OfficerStart:
    """What an officer reads first."""

    today: Today
    asked: RequestsAsked
    attention: Attention | None
    reveals: tuple[PresentedAct, ...]
    ending: tuple[AuthorisationRow, ...]
    glance: Glance | None


@dataclass(frozen=True, slots=True)
class AuditorStart:
    """What an auditor reads first."""

    exchanges: str
    not_covered: str
    since: str
    exports: tuple[PresentedAct, ...]
    glance: Glance | None


@dataclass(frozen=True, slots=True)
class NobodyStart:
    """Whom to ask for a role."""

    organisation: str
    officer: str
    email: str


def present_officer(account: Account) -> OfficerStart:
    """Gather the start page of an officer."""
    names, at = Names(), now()
    return OfficerStart(
        today=present_today(account, at=at, names=names, door=CONSOLE),
        asked=present_asked(account, at=at, names=names, door=CONSOLE),
        attention=present_attention(window=window(), names=names, door=CONSOLE),
        reveals=_acts(ActKind.IDENTITY_REVEALED, names, but_of=account.username),
        ending=_ending(names),
        glance=present_glance(months()),
    )


def present_auditor() -> AuditorStart:
    """Gather the start page of an auditor."""
    counted, first = totals(), first_record()
    return AuditorStart(
        exchanges=words.figure(counted.exchanges),
        not_covered=words.figure(counted.not_covered),
        since=words.day(words.local_day(first)) if first else "",
        exports=_acts(ActKind.REPORT_EXPORTED, Names()),
        glance=present_glance(months()),
    )


def present_operator() -> Health:
    """Gather the start page of an operator."""
    return present_health(operations())


def present_nobody() -> NobodyStart:
    """Say whom somebody without a role asks."""
    organisation = Organisation.objects.filter(code=keeper()).first()
    if organisation is None:
        return NobodyStart("", "", "")
    return NobodyStart(organisation.name, organisation.dpo_name, organisation.dpo_email)


def _acts(kind: ActKind, names: Names, *, but_of: str = "") -> tuple[PresentedAct, ...]:
    """Return the newest acts of a kind; how far back is bounded, so that a quiet log is not read whole."""
    acts = Act.objects.filter(kind=kind, id__gte=first_at(now() - LOOKED_BACK)).exclude(actor=but_of).order_by("-id")
    return present_acts(acts=acts[:ACTS_SHOWN], names=names, door=CONSOLE)


def _ending(names: Names) -> tuple[AuthorisationRow, ...]:
    at = now()
    ending = [one for one in instruments(at=at) if one.standing is Standing.ENDING]
    return present_authorisations(instruments=ending, at=at, names=names, door=CONSOLE)
