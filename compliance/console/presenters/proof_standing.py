"""How far a log is proven, in one sentence that holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge
from compliance.console.presenters.exchange_sentences import tell
from compliance.console.presenters.proof_words import clock, log_words
from compliance.reporting.ledger_proof.alarms import Alarm, alarms_of
from compliance.reporting.ledger_proof.standing import Standing

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from compliance.reporting.ledger_proof.standing import LedgerStanding

STOPPED = {Alarm.SEALING_STOPPED, Alarm.SIGNING_BEHIND}


@dataclass(frozen=True, slots=True)
class PresentedStanding:
    """What is read in ten seconds: the log, the sentence, what came after it, and what is wrong."""

    key: str
    title: str
    badge: Badge
    sentence: SafeString
    since: str
    alarms: tuple[str, ...]


def present_standing(standing: LedgerStanding) -> PresentedStanding:
    """Put a log's standing into words."""
    alarms = alarms_of(standing)
    return PresentedStanding(
        key=f"log-{standing.log}",
        title=log_words(standing.log),
        badge=_badge(standing, alarms),
        sentence=present_reach(standing),
        since=_since(standing),
        alarms=tuple(_alarm(alarm, standing) for alarm in alarms),
    )


def present_reach(standing: LedgerStanding) -> SafeString:
    """Say up to when the log is provable, or why it is not."""
    time = clock(standing.until, at=standing.at) if standing.until else ""
    given = words.figure(len(standing.checkpoint.witnesses)) if standing.checkpoint else ""
    count = len(standing.policy.witnesses) if standing.policy else 0
    asked = words.figure(count)
    return tell(_template(standing.standing, count), time=time, given=given, asked=asked)


def _template(standing: Standing, witnesses: int) -> str:
    match standing:
        case Standing.PROVABLE:
            template = ngettext(
                "Provable up to {time}, confirmed by {given} of {asked} witness.",
                "Provable up to {time}, confirmed by {given} of {asked} witnesses.",
                witnesses,
            )
        case Standing.UNCONFIRMED:
            template = ngettext(
                "Signed up to {time}, but confirmed by {given} of {asked} witness: too few to prove it.",
                "Signed up to {time}, but confirmed by {given} of {asked} witnesses: too few to prove it.",
                witnesses,
            )
        case Standing.NO_WITNESSES:
            template = _("Signed up to {time}. No witness is configured, so whoever has the key can rewrite it unseen.")
        case Standing.POLICY_UNREADABLE:
            template = _("Sealed up to {time}. Who confirmed it cannot be told: the list of witnesses cannot be read.")
        case Standing.NOT_SIGNED:
            template = _("Sealed up to {time}, but not signed yet: nothing can be proven.")
        case Standing.NO_SIGNER:
            template = _("Sealed up to {time}, but not signed: no signer is configured, so nothing can be proven.")
        case Standing.NOTHING_SEALED:
            template = _("Nothing has been sealed yet, so there is nothing to prove.")
        case _:
            assert_never(standing)
    return template


def _badge(standing: LedgerStanding, alarms: tuple[Alarm, ...]) -> Badge:
    if STOPPED & set(alarms):
        return Badge(_("alarm"), "bad")
    if alarms:
        return Badge(_("behind"), "care")
    if standing.standing is Standing.PROVABLE:
        return Badge(_("proven"), "good")
    if standing.standing is Standing.NOTHING_SEALED:
        return Badge(_("empty"), "open")
    return Badge(_("not proven"), "care")


def _since(standing: LedgerStanding) -> str:
    if standing.standing is not Standing.PROVABLE:
        return ""
    if standing.waiting:
        return ngettext(
            "%(count)s newer record is sealed and waits for its witnesses.",
            "%(count)s newer records are sealed and wait for their witnesses.",
            standing.waiting,
        ) % {"count": words.figure(standing.waiting)}
    if standing.sealed_through is None:
        return ""
    return _("Nothing was added since; last looked at %(time)s.") % {
        "time": clock(standing.sealed_through, at=standing.at)
    }


def _alarm(alarm: Alarm, standing: LedgerStanding) -> str:
    sealed = clock(standing.sealed_through, at=standing.at) if standing.sealed_through else ""
    waits = clock(standing.waits_since, at=standing.at) if standing.waits_since else ""
    match alarm:
        case Alarm.SEALING_STOPPED:
            return _(
                "Sealing stands still since %(time)s, longer than a receipt promises. "
                "New exchanges are refused until it goes on."
            ) % {"time": sealed}
        case Alarm.SEALING_BEHIND:
            return _("Sealing is behind: what was recorded after %(time)s may have no place yet.") % {"time": sealed}
        case Alarm.SIGNING_BEHIND:
            return _("The signer has signed nothing since %(time)s. Does it run, or does it refuse to sign?") % {
                "time": waits
            }
        case Alarm.WITNESSES_BEHIND:
            return _("Since %(time)s too few witnesses confirm what is signed. Can they be reached?") % {"time": waits}
        case _ as never:
            assert_never(never)
