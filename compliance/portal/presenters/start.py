"""The start page of a partner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.access.roles import Capability
from compliance.console.figures import months, window
from compliance.console.instruments import instruments
from compliance.console.presenters.attention import Attention, present_attention
from compliance.console.presenters.authorisation_list import AuthorisationRow, present_authorisations
from compliance.console.presenters.exchange_list import Day, present_days
from compliance.console.presenters.glance import Glance, present_glance
from compliance.console.presenters.names import Names
from compliance.console.presenters.question_list import QuestionGroup, present_open_questions
from compliance.console.presenters.request_asked import RequestsAsked, present_asked
from compliance.exchanges.models import Exchange
from compliance.kernel.clock import now
from compliance.portal.own import PORTAL

if TYPE_CHECKING:
    from compliance.access.models import Account

NEWEST = 5


@dataclass(frozen=True, slots=True)
class PartnerStart:
    """What a partner's people read first."""

    organisation: str
    asked: RequestsAsked
    questions: QuestionGroup | None
    attention: Attention | None
    authorisations: tuple[AuthorisationRow, ...]
    days: tuple[Day, ...]
    glance: Glance | None
    may_ask: bool


def present_start(account: Account, code: str) -> PartnerStart:
    """Gather the start page of an organisation's people."""
    names, at = Names(), now()
    newest = list(Exchange.objects.of_partner(code).in_production().newest_first()[:NEWEST])
    return PartnerStart(
        organisation=names.organisation(code),
        asked=present_asked(account, at=at, names=names, door=PORTAL),
        questions=present_open_questions(account, at=at, names=names, door=PORTAL),
        attention=present_attention(window=window(), names=names, door=PORTAL, partner=code),
        authorisations=present_authorisations(
            instruments=instruments(at=at, party=code), at=at, names=names, door=PORTAL
        ),
        days=present_days(exchanges=newest, corrected=(), names=names, door=PORTAL),
        glance=present_glance(months(partner=code)),
        may_ask=account.may(Capability.MAKE_REQUESTS),
    )
