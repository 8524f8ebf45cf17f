"""One exchange, told in sentences: who asked whom for what, about how many, why, how it ended, was it covered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.authorisations.vocabulary import Verdict
from compliance.console.presenters import words
from compliance.console.presenters.badge import service_outcome_words
from compliance.exchanges.vocabulary import Outcome, Trigger
from compliance.registry.keeper import keeper

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from compliance.console.presenters.names import Names
    from compliance.exchanges.leaf import Leaf
    from compliance.exchanges.models import Exchange


def tell(template: str, **parts: str) -> SafeString:
    """Fill a sentence; its parts stand out."""
    if not parts:
        return format_html("{}", template)
    return format_html(template, **{name: format_html("<strong>{}</strong>", part) for name, part in parts.items()})


def present_sentences(*, exchange: Exchange, leaf: Leaf, names: Names) -> tuple[SafeString, ...]:
    """Tell the exchange."""
    return (
        _asked(exchange, names),
        _why(exchange, names),
        *_ended(exchange, leaf, names),
        _covered(exchange),
    )


def _asked(exchange: Exchange, names: Names) -> SafeString:
    parts = {
        "day": words.day(words.local_day(exchange.started_at)),
        "time": words.minute(exchange.started_at),
        "asker": party(exchange.asker, names),
        "source": party(exchange.source, names),
        "service": names.service(exchange.service),
        "persons": _persons(exchange.subject_count),
    }
    by_hand = exchange.trigger == Trigger.MANUAL
    if exchange.on_behalf_of:
        parts["principal"] = party(exchange.on_behalf_of, names)
        if by_hand:
            return tell(
                _(
                    "On {day} at {time} somebody at {asker} asked {source}, on behalf of {principal}, "
                    "for “{service}” about {persons}."
                ),
                **parts,
            )
        return tell(
            _(
                "On {day} at {time} a system of {asker} asked {source}, on behalf of {principal}, "
                "for “{service}” about {persons}."
            ),
            **parts,
        )
    if by_hand:
        return tell(
            _("On {day} at {time} somebody at {asker} asked {source} for “{service}” about {persons}."), **parts
        )
    return tell(_("On {day} at {time} a system of {asker} asked {source} for “{service}” about {persons}."), **parts)


def party(code: str, names: Names) -> str:
    """Name a party inside a sentence; the keeper has an article, all others are names."""
    return _("the Crossroads Bank for Civic Integration") if code == keeper() else names.organisation(code)


def _persons(count: int) -> str:
    if count == 0:
        return _("no named person")
    if count == 1:
        return _("one person")
    return ngettext("%(count)s person", "%(count)s persons", count) % {"count": words.figure(count)}


def _why(exchange: Exchange, names: Names) -> SafeString:
    basis = names.legal_bases.get(exchange.legal_basis)
    parts = {"purpose": names.purpose(exchange.purpose), "basis": names.legal_basis(exchange.legal_basis)}
    if basis is None:
        return tell(_("It was for “{purpose}”, under {basis}."), **parts)
    return tell(
        _("It was for “{purpose}”, under {basis} (GDPR, art. 6(1), point {letter})."), letter=basis.article_6, **parts
    )


def _ended(exchange: Exchange, leaf: Leaf, names: Names) -> tuple[SafeString, ...]:
    source = words.sentence(party(exchange.source, names))
    found = service_outcome_words(exchange.service_outcome)
    match exchange.outcome:
        case Outcome.SUCCEEDED if leaf.categories_delivered:
            delivered = words.enumeration([names.category(code) for code in leaf.categories_delivered])
            told = [tell(_("{source} delivered: {categories}."), source=source, categories=delivered)]
        case Outcome.SUCCEEDED:
            told = [tell(_("{source} answered."), source=source)]
        case Outcome.NO_DATA:
            told = [tell(_("{source} had no data."), source=source)]
        case Outcome.FAILED:
            told = [tell(_("It failed; nothing was delivered."))]
        case Outcome.UNANSWERED:
            told = [tell(_("{source} never answered."), source=source)]
        case Outcome.REFUSED:
            told = [tell(_("{source} refused."), source=source)]
        case _:
            told = [tell(_("Of the answer nothing is known yet."))]
    if found:
        told.append(tell(_("Answer of the service: {found}."), found=found))
    return tuple(told)


def _covered(exchange: Exchange) -> SafeString:
    if exchange.verdict == Verdict.COVERED:
        return tell(_("It was covered by {authorisation}."), authorisation=exchange.authorisation)
    if exchange.authorisation:
        return tell(_("It was not covered by {authorisation}."), authorisation=exchange.authorisation)
    return tell(_("It was not covered by any authorisation."))
