"""What was advised, decided and signed, and every step with its entry of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from django.utils.translation import gettext as _

from compliance.authorisations.requests.as_version import Limits
from compliance.authorisations.requests.signed import PERSONS_A_SIDE, signatures_by_side
from compliance.authorisations.requests.vocabulary import (
    DecisionOutcome,
    Method,
    Opinion,
    RequestAct,
    RequestState,
    Side,
)
from compliance.console.presenters import words
from compliance.console.presenters.authorisation import hours_words
from compliance.console.presenters.badge import Badge
from compliance.console.presenters.request_content import ceiling_words
from compliance.console.presenters.request_thread import who_wrote
from compliance.console.presenters.request_words import adviser_words, keeper_name, partner_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compliance.authorisations.requests.models import (
        AuthorisationRequest,
        RequestAdvice,
        RequestDecision,
        RequestEvent,
    )
    from compliance.console.door import Door
    from compliance.console.presenters.badge import Tone
    from compliance.console.presenters.names import Names

OPINIONS: dict[str, Tone] = {Opinion.POSITIVE: "good", Opinion.CONDITIONAL: "care", Opinion.NEGATIVE: "bad"}
OUTCOMES: dict[str, Tone] = {
    DecisionOutcome.GRANTED: "good",
    DecisionOutcome.CONDITIONAL: "care",
    DecisionOutcome.REFUSED: "bad",
}


@dataclass(frozen=True, slots=True)
class PresentedAdvice:
    """One advice, or that it lacks."""

    adviser: str
    opinion: Badge | None
    told: str
    advice: str
    about: Badge | None
    key: str


@dataclass(frozen=True, slots=True)
class PresentedDecision:
    """The decision, why, and under which conditions."""

    outcome: Badge
    told: str
    reasons: str
    conditions: str
    limits: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class SignedLine:
    """One signature."""

    who: str
    moment: str
    method: str
    digest: str


@dataclass(frozen=True, slots=True)
class SignedSide:
    """A party, and who signed for it."""

    party: str
    standing: Badge
    signatures: tuple[SignedLine, ...]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One step of the way."""

    moment: str
    at: str
    who: str
    act: str
    state: str
    remark: str
    entry: str
    address: str


def present_advices(
    request: AuthorisationRequest, advices: Sequence[RequestAdvice], material: str, names: Names
) -> tuple[PresentedAdvice, ...]:
    """Return every advice, the newest first; of one on an earlier text it is said that new advice is needed."""
    newest = {one.adviser: one.pk for one in sorted(advices, key=lambda one: one.pk)}
    return tuple(
        PresentedAdvice(
            adviser=adviser_words(one.adviser, request, names),
            opinion=Badge(str(Opinion(one.opinion).label), OPINIONS[one.opinion]),
            told=_told(one, names),
            advice=one.advice,
            about=_about(one, material, is_newest=newest[one.adviser] == one.pk),
            key=str(one.pk),
        )
        for one in sorted(advices, key=lambda one: -one.pk)
    )


def _told(one: RequestAdvice, names: Names) -> str:
    told = _("%(who)s, %(moment)s") % {
        "who": who_wrote(one.by, one.organisation, names),
        "moment": words.moment(one.at),
    }
    return f"{told} · {one.reference}" if one.reference else told


def _about(one: RequestAdvice, material: str, *, is_newest: bool) -> Badge | None:
    if one.text.material != material:
        told = _("about an earlier text: new advice is needed") if is_newest else _("about an earlier text")
        return Badge(told, "care" if is_newest else "calm")
    return None if is_newest else Badge(_("replaced by a later advice"), "calm")


def present_decision(decision: RequestDecision | None, names: Names) -> PresentedDecision | None:
    """Tell what was decided."""
    if decision is None:
        return None
    return PresentedDecision(
        outcome=Badge(str(DecisionOutcome(decision.outcome).label), OUTCOMES[decision.outcome]),
        told=_("%(who)s, %(moment)s")
        % {"who": who_wrote(decision.by, decision.organisation, names), "moment": words.moment(decision.at)},
        reasons=decision.reasons,
        conditions=decision.conditions,
        limits=tuple(_limits(msgspec.convert(decision.limits, Limits))),
        digest=decision.text.digest,
    )


def _limits(limits: Limits) -> Iterator[str]:
    if limits.hours is not None:
        yield hours_words(limits.hours)
    if limits.ceiling is not None:
        yield ceiling_words(limits.ceiling)
    if limits.ends_on is not None:
        yield _("Ends on %(day)s.") % {"day": words.day(limits.ends_on)}


def present_signatures(request: AuthorisationRequest, names: Names) -> tuple[SignedSide, ...]:
    """Return both parties with their signatures; nothing before there is a text to sign."""
    if request.state != RequestState.GRANTED and not request.requestsignatures.all():
        return ()
    parties = {Side.RECIPIENT: partner_of(request, names), Side.PROVIDER: keeper_name(names)}
    return tuple(
        SignedSide(
            party=parties[side],
            standing=Badge(_("signed"), "good")
            if signed.is_complete
            else Badge(
                _("%(count)s of %(all)s signatures") % {"count": len(signed.people), "all": PERSONS_A_SIDE}, "open"
            ),
            signatures=tuple(
                SignedLine(
                    one.by,
                    words.moment(one.at),
                    words.sentence(str(Method(one.method).label)),
                    one.text.protocol_digest,
                )
                for one in signed.signatures
            ),
        )
        for side, signed in signatures_by_side(request).items()
    )


def present_history(
    events: Iterable[RequestEvent], names: Names, *, door: Door, may_see_oversight: bool
) -> tuple[HistoryLine, ...]:
    """Return every step, the newest first, with the identifier of its entry in the oversight log."""
    return tuple(
        HistoryLine(
            moment=words.moment(one.at),
            at=one.at.isoformat(),
            who=who_wrote(one.by, one.organisation, names),
            act=words.sentence(str(RequestAct(one.act).label)),
            state=str(RequestState(one.to_state).label) if one.from_state != one.to_state else "",
            remark=one.remark if RequestAct(one.act) in _REMARKED else "",
            entry=str(one.entry),
            address=door.address("oversight", query={"actor": one.by, "kind": f"request:{one.act}"})
            if may_see_oversight
            else "",
        )
        for one in sorted(events, key=lambda one: -one.pk)
    )


_REMARKED = frozenset(
    {
        RequestAct.SUBMIT,
        RequestAct.RETURN,
        RequestAct.ASK_EXTERNAL,
        RequestAct.GO_LIVE,
        RequestAct.SUSPEND,
        RequestAct.RESUME,
        RequestAct.WITHDRAW,
        RequestAct.RENEW,
    }
)
"""What people said by acting; advice and decisions stand elsewhere on the page."""
