"""Whether everything was read and recomputed, when, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge
from compliance.console.presenters.proof_words import clock
from compliance.reporting import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.reporting.ledger_proof.status import LedgerStatus
    from compliance.reporting.verification.latest import Verification
    from compliance.reporting.verification.models import VerificationRun


@dataclass(frozen=True, slots=True)
class PresentedVerification:
    """A badge, sentences, and the failures as the verification words them (in English)."""

    standing: Badge
    sentences: tuple[str, ...]
    failures: tuple[str, ...]


def present_verification(status: LedgerStatus) -> PresentedVerification:
    """Tell what verifications of a log found."""
    failures = status.latest.failures if status.latest else []
    return PresentedVerification(
        standing=_badge(status),
        sentences=tuple(_sentences(status)),
        failures=tuple(failure.sentence for failure in failures),
    )


def _badge(status: LedgerStatus) -> Badge:
    if status.latest is None:
        return Badge(_("not verified yet"), "open")
    if status.latest.failures:
        return Badge(_("diverges"), "bad")
    return Badge(_("holds"), "good") if status.full else Badge(_("not verified as a whole yet"), "open")


def _sentences(status: LedgerStatus) -> Iterator[str]:
    if status.full is not None and status.full.ended_at is not None:
        yield _full(status.full, clock(status.full.ended_at, at=status.standing.at))
    else:
        yield _("No verification has read the whole log yet.")
    newest = status.latest
    if newest is not None and newest.ended_at is not None and not newest.is_full:
        yield _("Last looked at: records %(first)s to %(last)s, %(time)s.") % {
            "first": words.figure(newest.first + 1),
            "last": words.figure(newest.end),
            "time": clock(newest.ended_at, at=status.standing.at),
        }
    if status.running is not None:
        yield _running(status.running, clock(status.running.moved_at, at=status.standing.at))


def _full(full: Verification, time: str) -> str:
    if full.failures:
        told = ngettext(
            "All of %(count)s record was read and recomputed; that ended %(time)s and found that it diverges.",
            "All of %(count)s records were read and recomputed; that ended %(time)s and found that they diverge.",
            full.size,
        )
    else:
        told = ngettext(
            "All of %(count)s record was read and recomputed; that ended %(time)s and found nothing wrong.",
            "All of %(count)s records were read and recomputed; that ended %(time)s and found nothing wrong.",
            full.size,
        )
    return told % {"count": words.figure(full.size), "time": time}


def _running(running: VerificationRun, time: str) -> str:
    done = Fraction(running.reached - running.first, max(running.end - running.first, 1))
    return _("Now at work: %(share)s of records %(first)s to %(last)s, at %(time)s.") % {
        "share": numbers.percentage(done, words.language()),
        "first": words.figure(running.first + 1),
        "last": words.figure(running.end),
        "time": time,
    }
