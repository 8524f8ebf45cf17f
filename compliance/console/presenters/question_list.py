"""Questions to partners in words, by what has to be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.cases.questions.models import PartnerQuestion
from compliance.cases.questions.vocabulary import OPEN_STATES, QuestionState
from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.cases.questions.queries import QuestionQuerySet
    from compliance.console.door import Door
    from compliance.console.presenters.badge import Tone
    from compliance.console.presenters.names import Names

ENDED_SHOWN = 50
_TONES: dict[str, Tone] = {
    QuestionState.OPEN: "open",
    QuestionState.WITH_COLLEAGUE: "open",
    QuestionState.READY: "care",
    QuestionState.ANSWERED: "good",
    QuestionState.WITHDRAWN: "calm",
}


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question in a list."""

    address: str
    code: str
    text: str
    partner: str
    about: str
    state: Badge
    due: Badge | None
    asked: str


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions of one standing."""

    key: str
    heading: str
    count: str
    rows: tuple[QuestionRow, ...]
    nothing: str


def present_questions(
    questions: QuestionQuerySet, *, at: datetime, names: Names, door: Door
) -> tuple[QuestionGroup, ...]:
    """Put the questions that somebody may see into groups: late, open, and the newest that ended. Two queries."""
    seen = questions.select_related("organisation").annotate(count=Count("exchanges"))
    waiting = list(seen.open().order_by("due_at", "id"))
    late, rest = [one for one in waiting if one.due_at < at], [one for one in waiting if one.due_at >= at]
    ended = seen.exclude(state__in=OPEN_STATES).order_by("-state_since")[:ENDED_SHOWN]
    groups = (
        ("late", _("Late"), late, ""),
        ("open", _("Open"), rest, _("No question is open.")),
        ("ended", _("Answered, or withdrawn"), ended, _("No question was answered yet.")),
    )
    return tuple(
        _group(key, heading, rows, nothing, at, names, door)
        for key, heading, rows, nothing in groups
        if rows or key != "late"
    )


def present_open_questions(account: Account, *, at: datetime, names: Names, door: Door) -> QuestionGroup | None:
    """Put what somebody still has to answer into words, for a first page; nothing where there is nothing. One query."""
    seen = PartnerQuestion.objects.visible_to(account).select_related("organisation")
    waiting = list(seen.annotate(count=Count("exchanges")).open().order_by("due_at", "id"))
    return _group("asked", _("Questions of the privacy officer"), waiting, "", at, names, door) if waiting else None


def _group(
    key: str,
    heading: str,
    questions: Iterable[PartnerQuestion],
    nothing: str,
    at: datetime,
    names: Names,
    door: Door,
) -> QuestionGroup:
    rows = tuple(_row(one, at, names, door) for one in questions)
    return QuestionGroup(key, heading, words.figure(len(rows)), rows, nothing)


def _row(question: PartnerQuestion, at: datetime, names: Names, door: Door) -> QuestionRow:
    count: int = question.count  # type: ignore[attr-defined]  # annotated above
    return QuestionRow(
        address=door.address("question", question.code),
        code=question.code,
        text=question.text,
        partner=names.organisation(question.organisation.code),
        about=ngettext("%(count)s exchange", "%(count)s exchanges", count) % {"count": words.figure(count)},
        state=present_question_state(question, door=door),
        due=present_term(question, at, brief=True),
        asked=words.day(words.local_day(question.asked_at)),
    )


def present_question_state(question: PartnerQuestion, *, door: Door) -> Badge:
    """Say where a question stands, to whom it waits for as that."""
    if question.state == QuestionState.OPEN and door.prefix:
        return Badge(_("waits for your answers"), _TONES[question.state])
    return Badge(str(QuestionState(question.state).label), _TONES[question.state])


def present_term(question: PartnerQuestion, at: datetime, *, brief: bool = False) -> Badge | None:
    """Say until when an open question waits, and whether that is past; nothing of one that ended.

    Where the place says that it is a term, the day alone is enough.
    """
    if question.state not in OPEN_STATES:
        return None
    day = words.day(words.local_day(question.due_at))
    if at > question.due_at:
        return Badge(_("late: %(day)s") % {"day": day}, "bad")
    if question.urgent:
        return Badge(_("urgent: %(day)s") % {"day": day}, "care")
    return Badge(day if brief else _("by %(day)s") % {"day": day}, "calm")
