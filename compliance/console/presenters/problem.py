"""What went wrong, in words for the person at the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from compliance.kernel.errors import ComplianceError


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal or failure: its number, a title, what it means and what to do."""

    status: int
    title: str
    meaning: str
    remedy: str


def present_problem(error: ComplianceError) -> Problem:
    """Say it in the reader's language; the error's own sentence is for machines."""
    title, meaning, remedy = _words(error.problem_type)
    return Problem(status=error.status, title=title, meaning=meaning, remedy=remedy)


def _words(problem_type: str) -> tuple[str, str, str]:
    """Return what it is, what it means, and what to do about it."""
    told = {
        "not-found": (
            _("There is nothing here that you may see"),
            _("The address is wrong, or what it points to is not yours to see."),
            _("Check the address, or look for it from the start page."),
        ),
        "forbidden": (
            _("Your role does not give access to this page"),
            _("You are signed in, but this page belongs to another role."),
            _("If you need it for your work, ask the operator of the service to change your role."),
        ),
        "event-settled": (
            _("Somebody has settled this event before you"),
            _("It was accepted, refused or cancelled since you opened the page. Nothing was changed."),
            _("Look at the event again."),
        ),
        "too-slow": (
            _("This search takes too long"),
            _("It touches so many exchanges that the answer would keep you waiting."),
            _("Go back and choose a partner or a shorter period."),
        ),
        "unavailable": (
            _("The service is too busy"),
            _("A part of the service is full or away. Nothing was changed."),
            _("Try again in a minute."),
        ),
        "not-disclosed": (
            _("Whom this is about is not shown now"),
            _("The exchange is on hold during an investigation."),
            _("Ask the data protection officer of the service until when."),
        ),
        "internal": (
            _("Something went wrong on our side"),
            _("Nothing was changed. The operator can find this in the log."),
            _("Try again. If it keeps happening, tell the operator what you were doing."),
        ),
    }
    told["anonymous-act"] = told["internal"]
    other = (
        _("The service does not understand this question"),
        _("Something in the form or the address cannot be used."),
        _("Go back, correct it and try again."),
    )
    return told.get(problem_type, other)
