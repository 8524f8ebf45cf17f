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
    match error.problem_type:
        case "not-found":
            return Problem(
                status=error.status,
                title=_("There is nothing here that you may see"),
                meaning=_("The address is wrong, or what it points to is not yours to see."),
                remedy=_("Check the address, or look for it from the start page."),
            )
        case "forbidden":
            return Problem(
                status=error.status,
                title=_("Your role does not give access to this page"),
                meaning=_("You are signed in, but this page belongs to another role."),
                remedy=_("If you need it for your work, ask the operator of the service to change your role."),
            )
        case "too-slow":
            return Problem(
                status=error.status,
                title=_("This search takes too long"),
                meaning=_("It touches so many exchanges that the answer would keep you waiting."),
                remedy=_("Go back and choose a partner or a shorter period."),
            )
        case "unavailable":
            return Problem(
                status=error.status,
                title=_("The service is too busy"),
                meaning=_("A part of the service is full or away. Nothing was changed."),
                remedy=_("Try again in a minute."),
            )
        case "not-disclosed":
            return Problem(
                status=error.status,
                title=_("Whom this is about is not shown now"),
                meaning=_("The exchange is on hold during an investigation."),
                remedy=_("Ask the data protection officer of the service until when."),
            )
        case "internal" | "anonymous-act":
            return Problem(
                status=error.status,
                title=_("Something went wrong on our side"),
                meaning=_("Nothing was changed. The operator can find this in the log."),
                remedy=_("Try again. If it keeps happening, tell the operator what you were doing."),
            )
        case _:
            return Problem(
                status=error.status,
                title=_("The service does not understand this question"),
                meaning=_("Something in the form or the address cannot be used."),
                remedy=_("Go back, correct it and try again."),
            )
