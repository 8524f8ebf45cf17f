"""Which instrument an exchange needs: the first row of a short table that applies, with its legal source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance.authorisations.requests.generals import generals_covering
from compliance.authorisations.requests.models import InstrumentRule
from compliance.authorisations.requests.vocabulary import Needed, RequestKind
from compliance.kernel.clock import BRUSSELS, now
from compliance.registry.controllers import controller_on
from compliance.registry.models import Organisation, Route

if TYPE_CHECKING:
    from compliance.authorisations.requests.content import RequestContent


class Question(NamedTuple):
    """What the table looks at."""

    recipient_kind: str
    route_kinds: frozenset[str]
    provider: str
    categories: frozenset[str]
    general_exists: bool
    same_controller: bool


class Instrument(NamedTuple):
    """The instrument, and the row that says so (``None`` when no row applies)."""

    needed: Needed
    rule: InstrumentRule | None


def applies(rule: InstrumentRule, question: Question) -> bool:
    """Tell whether a row of the table is about this question."""
    return (
        (not rule.recipient_kinds or question.recipient_kind in rule.recipient_kinds)
        and (not rule.route_kinds or bool(question.route_kinds & set(rule.route_kinds)))
        and (not rule.providers or question.provider in rule.providers)
        and (not rule.categories or bool(question.categories & set(rule.categories)))
        and rule.general_exists in {None, question.general_exists}
        and rule.same_controller in {None, question.same_controller}
    )


def needed_for(content: RequestContent, *, kind: RequestKind = RequestKind.NEW) -> Instrument:
    """Return the instrument that a request needs. Without a row that applies it is a protocol. Five queries at most."""
    if kind is RequestKind.ACCESSION:
        return Instrument(Needed.GENERAL, None)
    question = question_of(content)
    for rule in InstrumentRule.objects.filter(active=True):
        if applies(rule, question):
            return Instrument(Needed(rule.needed), rule)
    return Instrument(Needed.PROTOCOL, None)


def question_of(content: RequestContent) -> Question:
    """Return what the table looks at in a request."""
    recipient = Organisation.objects.filter(code=content.parties.recipient).first()
    kinds = Route.objects.filter(code__in=content.rhythm.routes).values_list("kind", flat=True)
    at = now()
    controller = controller_on(at.astimezone(BRUSSELS).date())
    return Question(
        recipient_kind=recipient.kind if recipient else "",
        route_kinds=frozenset(kinds),
        provider=content.parties.provider,
        categories=frozenset(content.categories),
        general_exists=bool(generals_covering(content, at=at)),
        same_controller=controller is not None and controller.code == content.parties.recipient,
    )
