"""One version of an authorisation: what it allows, from whom to whom, when, and on which conditions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from babel.dates import get_day_names
from django.utils.translation import gettext as _

from compliance.authorisations.terms import Conditions
from compliance.console.presenters import words
from compliance.console.presenters.authorisation_list import title_of
from compliance.console.presenters.exchange_sentences import party, tell
from compliance.console.presenters.facts import Fact, FactGroup
from compliance.console.presenters.periods import PERIOD_WORDS
from compliance.exchanges.vocabulary import Environment
from compliance.reporting.numbers import locale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.utils.safestring import SafeString

    from compliance.authorisations.models import AuthorisationSuspension, AuthorisationVersion, AuthorisationWithdrawal
    from compliance.authorisations.terms import Hours
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """A version of the same authorisation."""

    number: str
    address: str
    period: str
    here: bool


@dataclass(frozen=True, slots=True)
class AuthorisationStory:
    """What the template of one version needs."""

    code: str
    number: str
    title: str
    kind: str
    back: str
    use: str
    sentences: tuple[SafeString, ...]
    withdrawn: str
    suspended: tuple[str, ...]
    conditions: tuple[str, ...]
    groups: tuple[FactGroup, ...]
    versions: tuple[OtherVersion, ...]
    policy: str


def present_authorisation(
    *,
    version: AuthorisationVersion,
    versions: Sequence[AuthorisationVersion],
    withdrawal: AuthorisationWithdrawal | None,
    suspensions: Iterable[AuthorisationSuspension],
    at: datetime,
    names: Names,
    door: Door,
) -> AuthorisationStory:
    """Put one version into words, with the other versions beside it."""
    authorisation = version.authorisation
    return AuthorisationStory(
        code=authorisation.code,
        number=str(version.number),
        title=title_of(authorisation),
        kind=words.sentence(str(authorisation.get_kind_display())),
        back=door.address("authorisations"),
        use=door.address("authorisation-use", authorisation.code),
        sentences=_sentences(version, versions, names),
        withdrawn=_("Withdrawn from %(moment)s. Reason: %(reason)s")
        % {"moment": words.moment(withdrawal.withdrawn_from), "reason": withdrawal.reason}
        if withdrawal
        else "",
        suspended=tuple(_suspension(one) for one in suspensions if not _over(one, at)),
        conditions=tuple(_conditions(msgspec.convert(version.conditions, Conditions))),
        groups=_groups(version, names, [one for one in suspensions if _over(one, at)]),
        versions=tuple(
            OtherVersion(
                number=str(one.number),
                address=door.address("authorisation", authorisation.code, one.number),
                period=_period(one, versions),
                here=one.pk == version.pk,
            )
            for one in versions
        ),
        policy=door.address("authorisation-policy", authorisation.code, version.number),
    )


def _sentences(
    version: AuthorisationVersion, versions: Sequence[AuthorisationVersion], names: Names
) -> tuple[SafeString, ...]:
    parties = {
        "provider": words.sentence(party(version.provider, names)),
        "recipients": words.enumeration([party(code, names) for code in version.recipients]),
        "purposes": words.enumeration([names.purpose(code) for code in version.purposes]),
    }
    return (
        tell(_("{provider} may give personal data to {recipients}, for: {purposes}."), **parties),
        tell(_("In force: {period}."), period=_period(version, versions)),
    )


def _period(version: AuthorisationVersion, versions: Sequence[AuthorisationVersion]) -> str:
    """Say from when until when a version speaks: at the latest until the next one begins."""
    first = words.day(words.local_day(version.valid_from))
    following = [one.valid_from for one in versions if one.number > version.number]
    ends = [moment for moment in (version.valid_until, *following) if moment is not None]
    if not ends:
        return _("from %(first)s, without an end") % {"first": first}
    return _("from %(first)s until %(end)s (excluded)") % {
        "first": first,
        "end": words.day(words.local_day(min(ends))),
    }


def _over(suspension: AuthorisationSuspension, at: datetime) -> bool:
    lifting = getattr(suspension, "lifting", None)
    return lifting is not None and lifting.lifted_from <= at


def _suspension(suspension: AuthorisationSuspension) -> str:
    told = {"first": words.moment(suspension.suspended_from), "reason": suspension.reason}
    lifting = getattr(suspension, "lifting", None)
    if lifting is None:
        return _("Suspended from %(first)s, until it is lifted. Reason: “%(reason)s”") % told
    told |= {"end": words.moment(lifting.lifted_from), "because": lifting.reason}
    return _("Suspended from %(first)s until %(end)s. Reason: “%(reason)s” Lifted because: “%(because)s”") % told


def _groups(
    version: AuthorisationVersion, names: Names, past: Iterable[AuthorisationSuspension]
) -> tuple[FactGroup, ...]:
    environments = [
        str(Environment(code).label) if code in Environment.values else code for code in version.environments
    ]
    scope = (
        Fact(_("Services"), words.enumeration([names.service(*code.partition("/")[::2]) for code in version.services])),
        Fact(_("Data"), words.enumeration([names.category(code) for code in version.categories])),
        Fact(_("Legal bases"), "\n".join(_basis(code, names) for code in version.legal_bases)),
        Fact(_("Routes"), words.enumeration([names.route(code) for code in version.routes])),
        Fact(_("Environments"), words.enumeration(environments)),
    )
    paper = (
        Fact(_("Document"), version.document_reference),
        Fact(_("SHA-256 of the document"), version.document_digest, is_code=True),
        Fact(_("Registered"), words.moment(version.registered_at)),
        Fact(_("Registered by"), version.registered_by),
        Fact(_("Reason of this version"), version.reason),
        Fact(_("Suspensions that are over"), "\n".join(_suspension(one) for one in past)),
    )
    return (
        FactGroup("scope", _("What it allows"), tuple(fact for fact in scope if fact.value)),
        FactGroup("paper", _("On paper"), tuple(fact for fact in paper if fact.value)),
    )


def _basis(code: str, names: Names) -> str:
    basis = names.legal_bases.get(code)
    return code if basis is None else f"{basis.name} ({basis.citation})"


def _conditions(conditions: Conditions) -> Iterable[str]:
    if conditions.hours is not None:
        yield hours_words(conditions.hours)
    for ceiling in conditions.ceilings:
        yield _("At most %(count)s exchanges %(period)s.") % {
            "count": words.figure(ceiling.count),
            "period": str(PERIOD_WORDS[ceiling.period]),
        }
    if conditions.user_groups:
        yield _("By hand only by these groups of users: %(groups)s.") % {
            "groups": words.enumeration(conditions.user_groups)
        }


def hours_words(hours: Hours) -> str:
    """Say on which days, and between which times."""
    named = get_day_names("wide", locale=locale_of(words.language()))
    return _("Only on %(days)s, from %(start)s until %(end)s.") % {
        "days": words.enumeration([named[weekday - 1] for weekday in hours.weekdays]),
        "start": hours.start,
        "end": hours.end,
    }
