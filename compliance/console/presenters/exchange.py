"""One exchange as a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.authorisations.vocabulary import Verdict
from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge, present_environment, present_outcome, present_verdict
from compliance.console.presenters.exchange_sentences import present_sentences
from compliance.console.presenters.facts import FactGroup, present_facts
from compliance.console.presenters.reasons import present_reason

if TYPE_CHECKING:
    from uuid import UUID

    from django.utils.safestring import SafeString

    from compliance.console.door import Door
    from compliance.console.presenters.names import Names
    from compliance.exchanges.leaf import Leaf
    from compliance.exchanges.models import Exchange


@dataclass(frozen=True, slots=True)
class ExchangeStory:
    """What the template of one exchange needs."""

    id: str
    title: str
    back: str
    here: str
    identity: str
    proof: str
    sentences: tuple[SafeString, ...]
    verdict: Badge
    outcome: Badge
    environment: Badge | None
    reasons: tuple[str, ...]
    authorisation: str
    authorisation_address: str
    groups: tuple[FactGroup, ...]
    hidden: str
    corrects: str
    corrected_by: str


def present_exchange(
    *, exchange: Exchange, leaf: Leaf, corrected_by: UUID | None, names: Names, door: Door
) -> ExchangeStory:
    """Put one exchange into words."""
    code, _slash, number = exchange.authorisation.rpartition("/")
    return ExchangeStory(
        id=str(exchange.id),
        title=_("%(partner)s, %(moment)s")
        % {"partner": names.organisation(exchange.partner), "moment": words.moment(exchange.started_at)},
        back=door.address("exchanges"),
        here=door.address("exchange", exchange.id),
        identity=door.address("identity", exchange.id),
        proof=door.address("exchange-proof", exchange.id),
        sentences=present_sentences(exchange=exchange, leaf=leaf, names=names),
        verdict=present_verdict(exchange.verdict),
        outcome=present_outcome(exchange.outcome),
        environment=present_environment(exchange.environment),
        reasons=tuple(
            present_reason(verdict=Verdict(reason.code), detail=reason.detail, names=names)
            for reason in leaf.verdict.reasons
        ),
        authorisation=exchange.authorisation,
        authorisation_address=door.address("authorisation", code, number) if code else "",
        groups=present_facts(exchange=exchange, leaf=leaf, names=names),
        hidden=_hidden(exchange.subject_count),
        corrects=door.address("exchange", exchange.corrects) if exchange.corrects else "",
        corrected_by=door.address("exchange", corrected_by) if corrected_by else "",
    )


def _hidden(count: int) -> str:
    if count == 0:
        return _("No named person. Who asked, and in which dossier, is hidden.")
    return ngettext(
        "%(count)s person. Who it is, who asked, and in which dossier, is hidden.",
        "%(count)s persons. Who they are, who asked, and in which dossier, is hidden.",
        count,
    ) % {"count": words.figure(count)}
