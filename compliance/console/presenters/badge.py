"""Verdicts and outcomes as badges: words, and a tone that also has a sign of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from compliance.authorisations.vocabulary import Verdict
from compliance.console.presenters.names import verdict_words
from compliance.exchanges.vocabulary import Environment, Outcome, ServiceOutcome

Tone = Literal["good", "bad", "care", "calm", "open"]

OUTCOME_TONES: dict[str, Tone] = {
    Outcome.REQUESTED: "open",
    Outcome.SUCCEEDED: "calm",
    Outcome.NO_DATA: "calm",
    Outcome.FAILED: "care",
    Outcome.UNANSWERED: "care",
    Outcome.REFUSED: "care",
}


@dataclass(frozen=True, slots=True)
class Badge:
    """A few words with a tone."""

    words: str
    tone: Tone


def present_verdict(code: str) -> Badge:
    """Say whether it was covered."""
    return Badge(verdict_words(code), "good" if code == Verdict.COVERED else "bad")


def present_outcome(code: str) -> Badge:
    """Say how it ended."""
    words = str(Outcome(code).label) if code in Outcome.values else code
    return Badge(words, OUTCOME_TONES.get(code, "care"))


def present_environment(code: str) -> Badge | None:
    """Say that it ran elsewhere than in production; production needs no word."""
    if code == Environment.PRODUCTION:
        return None
    return Badge(str(Environment(code).label) if code in Environment.values else code, "care")


def service_outcome_words(code: str) -> str:
    """Say what the service found, when that is a thing of its own."""
    return str(ServiceOutcome(code).label) if code in ServiceOutcome.values else code
