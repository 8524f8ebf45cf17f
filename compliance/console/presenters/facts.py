"""All facts of one exchange, in groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.console.presenters import words
from compliance.console.presenters.badge import service_outcome_words
from compliance.console.presenters.quoted_decision import present_decision
from compliance.exchanges.vocabulary import (
    Confidentiality,
    Direction,
    Environment,
    Outcome,
    Relation,
    RetentionClass,
    SearchKey,
    Trigger,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db import models

    from compliance.console.presenters.names import Names
    from compliance.exchanges.leaf import Leaf
    from compliance.exchanges.models import Exchange


@dataclass(frozen=True, slots=True)
class Fact:
    """What it is called, what it is, and whether it is a code of machines."""

    label: str
    value: str
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts that answer one question."""

    key: str
    heading: str
    facts: tuple[Fact, ...]


def present_facts(*, exchange: Exchange, leaf: Leaf, names: Names) -> tuple[FactGroup, ...]:
    """Return every fact that is known: who, what, when, why, how, and with what result."""
    groups = (
        ("who", _("Who"), _who(exchange, leaf, names)),
        ("what", _("What"), _what(exchange, leaf, names)),
        ("when", _("When"), _when(leaf, exchange)),
        ("why", _("Why"), _why(exchange, leaf, names)),
        ("how", _("How"), _how(exchange, names)),
        ("result", _("Result"), _result(exchange, leaf)),
        ("chain", _("References"), _chain(exchange, leaf)),
        ("keeping", _("Keeping"), _keeping(exchange, leaf)),
    )
    return tuple(FactGroup(key, heading, tuple(fact for fact in facts if fact.value)) for key, heading, facts in groups)


def _who(exchange: Exchange, leaf: Leaf, names: Names) -> Iterable[Fact]:
    yield Fact(_("Asked by"), names.organisation(exchange.asker))
    yield Fact(_("On behalf of"), names.organisation(exchange.on_behalf_of))
    yield Fact(_("Application"), leaf.asker.application or "")
    yield Fact(_("Group of the user"), leaf.asker.user_group or "")
    yield Fact(_("Capacity (hoedanigheid)"), leaf.asker.capacity or "")
    yield Fact(_("The user is, to the person"), _label(Relation, leaf.relation) if leaf.relation else "")
    yield Fact(_("Answered by"), names.organisation(exchange.source))
    yield Fact(_("Reported by"), names.organisation(exchange.producer))


def _what(exchange: Exchange, leaf: Leaf, names: Names) -> Iterable[Fact]:
    yield Fact(_("Service"), names.service(exchange.service, exchange.service_version))
    yield Fact(_("Data requested"), words.enumeration([names.category(code) for code in leaf.categories_requested]))
    yield Fact(_("Data delivered"), words.enumeration([names.category(code) for code in leaf.categories_delivered]))
    yield Fact(_("Searched by"), words.enumeration([_label(SearchKey, code) for code in leaf.search_keys]))
    yield Fact(_("Persons"), words.figure(exchange.subject_count))
    yield Fact(_("Records delivered"), words.figure(exchange.record_count))
    yield Fact(_("Size of the question"), _size(leaf.request_bytes))
    yield Fact(_("Size of the answer"), _size(leaf.response_bytes))


def _when(leaf: Leaf, exchange: Exchange) -> Iterable[Fact]:
    yield Fact(_("Begin"), words.exact_moment(exchange.started_at))
    if leaf.ended_at:
        end = datetime.fromisoformat(leaf.ended_at)
        yield Fact(_("End"), words.exact_moment(end))
        milliseconds = round((end - exchange.started_at).total_seconds() * 1000)
        yield Fact(_("Took"), _("%(count)s milliseconds") % {"count": words.figure(milliseconds)})
    yield Fact(_("Received here"), words.exact_moment(datetime.fromisoformat(leaf.received_at)))


def _why(exchange: Exchange, leaf: Leaf, names: Names) -> Iterable[Fact]:
    yield Fact(_("Purpose"), names.purpose(exchange.purpose))
    yield Fact(_("Legal basis"), names.legal_basis(exchange.legal_basis))
    basis = names.legal_bases.get(exchange.legal_basis)
    if basis is not None:
        yield Fact(_("Article"), basis.citation)
        yield Fact(_("GDPR art. 6(1)"), str(basis.get_article_6_display()))
        yield Fact(_("GDPR art. 9(2)"), str(basis.get_article_9_display()) if basis.article_9 else "")
    yield Fact(_("Authorisation that the asker named"), leaf.claimed_authorisation or "", is_code=True)
    if leaf.decision is not None:
        yield Fact(_("Asked beforehand"), present_decision(leaf.decision))
        yield Fact(_("Decision that was quoted"), leaf.decision.id, is_code=True)


def _how(exchange: Exchange, names: Names) -> Iterable[Fact]:
    yield Fact(_("Route"), names.route(exchange.route))
    yield Fact(_("Direction"), _label(Direction, exchange.direction))
    yield Fact(_("Automatic or by hand"), _label(Trigger, exchange.trigger))
    yield Fact(_("Environment"), _label(Environment, exchange.environment))


def _result(exchange: Exchange, leaf: Leaf) -> Iterable[Fact]:
    yield Fact(_("Outcome"), _label(Outcome, exchange.outcome))
    yield Fact(_("Answer of the service"), service_outcome_words(exchange.service_outcome))
    yield Fact(_("Exception codes"), ", ".join(leaf.exceptions), is_code=True)


def _chain(exchange: Exchange, leaf: Leaf) -> Iterable[Fact]:
    yield Fact(_("Message reference"), exchange.message_reference, is_code=True)
    if leaf.chain is not None:
        yield Fact(_("Correlation (one business context)"), leaf.chain.correlation_id or "", is_code=True)
        yield Fact(_("Tracing (one transaction)"), leaf.chain.tracing_id or "", is_code=True)
        yield Fact(_("Request (one call)"), leaf.chain.request_id or "", is_code=True)
        yield Fact(_("W3C trace context"), leaf.chain.traceparent or "", is_code=True)
    if exchange.producer_sequence is not None:
        yield Fact(_("Sequence number of the reporter"), str(exchange.producer_sequence), is_code=True)
    yield Fact(_("Number of this record"), str(exchange.id), is_code=True)


def _keeping(exchange: Exchange, leaf: Leaf) -> Iterable[Fact]:
    yield Fact(_("Confidentiality"), _label(Confidentiality, exchange.confidentiality))
    yield Fact(_("Kept for"), _label(RetentionClass, leaf.retention))
    yield Fact(_("Revision of the register"), words.figure(leaf.verdict.register_revision))
    if leaf.payload_digest is not None:
        yield Fact(
            _("Digest of the content"), f"{leaf.payload_digest.algorithm}: {leaf.payload_digest.value}", is_code=True
        )


def _label(vocabulary: type[models.TextChoices], code: str) -> str:
    return str(vocabulary(code).label) if code in vocabulary.values else code


def _size(count: int | None) -> str:
    return "" if count is None else _("%(count)s bytes") % {"count": words.figure(count)}
