"""The decks of requests that each partner's day draws from, made once for what is asked on that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.simulation.catalogue import QUESTIONS, STRAYS
from compliance.simulation.question import FAILING, Manner, deck

if TYPE_CHECKING:
    from compliance.simulation.acts import Request, Trigger
    from compliance.simulation.days import Day
    from compliance.simulation.profile import Profile
    from compliance.simulation.question import Question

    Asked = tuple[Question, ...]


class Decks:
    """All decks of a world, kept for as long as it lives."""

    def __init__(self) -> None:
        """Start without any."""
        self._made: dict[tuple[str, Trigger, bool, Asked, Asked], tuple[Request, ...]] = {}

    def of(self, profile: Profile, trigger: Trigger, day: Day, *, failing: bool = False) -> tuple[Request, ...]:
        """Return a partner's deck of a day: by hand or automatic, and as it is while the link fails."""
        asked = tuple(question for question in QUESTIONS[profile.partner] if question.is_asked(trigger, day.date))
        strays = tuple(question for question in STRAYS[profile.partner] if question.is_asked(trigger, day.date))
        key = (profile.partner, trigger, failing, asked, strays)
        if key not in self._made:
            self._made[key] = deck(
                asked,
                strays,
                weights=FAILING if failing else profile.ending_weights,
                stray_share=(profile.desk if trigger == "manual" else profile.feed).beyond_cover,
                manner=Manner(
                    trigger=trigger,
                    reference=profile.reference,
                    traced=profile.traced,
                    digested=profile.digested,
                ),
            )
        return self._made[key]
