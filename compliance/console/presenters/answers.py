"""What a partner answered about an exchange, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.console.presenters import words
from compliance.console.presenters.question import present_reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.cases.questions.answers_about import AnswerAbout
    from compliance.console.door import Door
    from compliance.console.presenters.badge import Badge
    from compliance.console.presenters.names import Names


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer, on the page of its exchange."""

    told: str
    reason: Badge
    text: str
    documents: str
    code: str
    address: str


def present_answers(answers: Iterable[AnswerAbout], *, names: Names, door: Door) -> tuple[GivenAnswer, ...]:
    """Put answers into words, the oldest first."""
    return tuple(
        GivenAnswer(
            told=_("%(partner)s answered on %(day)s")
            % {"partner": names.organisation(one.organisation), "day": words.day(words.local_day(one.at))},
            reason=present_reason(one.reason),
            text=one.text,
            documents=words.enumeration(one.documents) if one.documents else "",
            code=one.question,
            address=door.address("question", one.question),
        )
        for one in answers
    )
