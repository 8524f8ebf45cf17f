"""The exchanges about which an officer asks, to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.cases.questions.ask import MOST
from compliance.console.presenters import words
from compliance.console.presenters.question import AskedExchange, known_exchanges, present_asked

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from compliance.cases.questions.models import PartnerQuestion
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names


@dataclass(frozen=True, slots=True)
class OfferedExchange:
    """One exchange to choose."""

    value: str
    ticked: bool
    partner: str
    asked: AskedExchange


@dataclass(frozen=True, slots=True)
class AskStory:
    """What the template of the asking needs."""

    heading: str
    under: str
    rows: tuple[OfferedExchange, ...]
    limit: str


def present_ask(
    offered: Sequence[UUID], *, ticked: Collection[str], follows: PartnerQuestion | None, names: Names, door: Door
) -> AskStory:
    """Put the choice into words; what is not on record is not offered. One query."""
    known = known_exchanges(offered)
    rows = tuple(
        OfferedExchange(
            value=str(one),
            ticked=str(one) in ticked,
            partner=names.organisation(known[one].partner),
            asked=present_asked(one, number=number, known=known, names=names, door=door),
        )
        for number, one in enumerate(offered, 1)
        if one in known
    )
    partners = {row.partner for row in rows}
    heading = _("Ask %(partner)s") % {"partner": partners.pop()} if len(partners) == 1 else _("Ask the partner")
    under = _("Its data protection officer reads your question in the portal. The mail holds the code only.")
    if follows is not None:
        under = _("You ask on after question %(code)s.") % {"code": follows.code}
    return AskStory(
        heading=heading,
        under=under,
        rows=rows,
        limit=_("At most %(most)s exchanges, all of one partner.") % {"most": words.figure(MOST)},
    )
