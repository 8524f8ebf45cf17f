"""What people wrote about a request, by section: remarks, questions, and their answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.authorisations.requests.vocabulary import Section
from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge
from compliance.console.request_forms.message import MessageForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.authorisations.requests.models import RequestMessage
    from compliance.console.presenters.names import Names


@dataclass(frozen=True, slots=True)
class PresentedMessage:
    """One message: who wrote it, when, what, and for a question whether it was answered."""

    key: str
    who: str
    moment: str
    at: str
    message: str
    standing: Badge | None
    answers: tuple[PresentedMessage, ...]
    form: MessageForm | None


@dataclass(frozen=True, slots=True)
class Thread:
    """The messages of a section, and the form for one more where the reader takes part."""

    key: str
    messages: tuple[PresentedMessage, ...]
    form: MessageForm | None
    is_open: bool
    questions: int


def who_wrote(by: str, organisation: str, names: Names) -> str:
    """Name a person with the organisation; the keeper's own people by their name alone."""
    return f"{by} ({names.organisation(organisation)})" if organisation else by


def present_threads(
    messages: Sequence[RequestMessage],
    names: Names,
    *,
    takes_part: bool,
    bound: MessageForm | None,
) -> dict[str, Thread]:
    """Return the thread of each section, and under the empty name that of the request as a whole."""
    sections = ("", *Section.values)
    return {section: _thread(section, messages, names, takes_part=takes_part, bound=bound) for section in sections}


def _thread(
    section: str, messages: Sequence[RequestMessage], names: Names, *, takes_part: bool, bound: MessageForm | None
) -> Thread:
    own = [one for one in messages if one.section == section]
    form = _form(section, None, bound) if takes_part else None
    return Thread(
        key=section or "whole",
        messages=tuple(
            _message(one, own, names, takes_part=takes_part, bound=bound) for one in own if one.answers_id is None
        ),
        form=form,
        is_open=form is not None and form.is_bound,
        questions=sum(_is_open(one, own) for one in own),
    )


def _message(
    one: RequestMessage,
    messages: Sequence[RequestMessage],
    names: Names,
    *,
    takes_part: bool,
    bound: MessageForm | None,
) -> PresentedMessage:
    answers = [other for other in messages if other.answers_id == one.pk]
    standing = None
    if one.is_question:
        standing = Badge(_("answered"), "good") if answers else Badge(_("open question"), "care")
    return PresentedMessage(
        key=str(one.pk),
        who=who_wrote(one.by, one.organisation, names),
        moment=words.moment(one.at),
        at=one.at.isoformat(),
        message=one.message,
        standing=standing,
        answers=tuple(_message(answer, (), names, takes_part=False, bound=None) for answer in answers),
        form=_form(one.section, one.pk, bound) if takes_part and one.is_question else None,
    )


def _is_open(one: RequestMessage, messages: Sequence[RequestMessage]) -> bool:
    return one.is_question and not any(other.answers_id == one.pk for other in messages)


def _form(section: str, answers: int | None, bound: MessageForm | None) -> MessageForm:
    """Return the form that was sent with errors where it belongs, else an empty one."""
    if bound is not None and (bound["section"].value() or "") == section:
        sent = str(bound["answers"].value() or "")
        if sent == str(answers or ""):
            return bound
    name = f"answer-{answers}" if answers else f"message-{section or 'whole'}"
    form = MessageForm(initial={"section": section, "answers": answers}, auto_id=f"{name}-%s")
    if answers:
        form.fields["message"].label = _("Your answer")
        del form.fields["is_question"]
    return form
