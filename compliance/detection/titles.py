"""What each detector is called, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise as StrPromise

TITLES: Final[Mapping[str, StrPromise]] = {
    "no-cover": _("Exchange without authorisation"),
    "category-beyond": _("More categories than allowed"),
    "expired-cover": _("Authorisation that has ended"),
    "expiring-cover": _("Authorisation that ends soon"),
    "ceiling-broken": _("More exchanges than allowed"),
    "quoted-decision": _("Quoted decision that does not hold"),
    "off-hours": _("Outside office hours"),
    "invalid-dossier": _("Dossier closed or not open yet"),
    "missing-dossier": _("No dossier with the partner"),
    "replayed-reference": _("Message sent again"),
    "clock-drift": _("Clock that runs wrong"),
    "test-in-production": _("Test in production"),
    "unanswered": _("Requests without an answer"),
    "sequence-gap": _("Missing numbers"),
    "same-person-again": _("The same person again and again"),
    "without-dossiers": _("Many persons without a dossier"),
    "name-search": _("Search by name, then many files"),
    "enumeration": _("Numbers one after the other"),
    "dormant-user": _("User back after a long time"),
    "first-use": _("First use of a service"),
    "sought-person": _("Person whom many look at"),
    "own-file": _("Own file, household or address"),
    "unlike-peers": _("Unlike colleagues in the same place"),
    "unexplained-off-hours": _("Unexplained, outside the usual hours"),
    "spike": _("Many more than expected"),
    "dip": _("Far fewer than expected"),
    "silence": _("Silence"),
    "error-share": _("More errors than usual"),
    "outcome-mix": _("Other outcomes than usual"),
    "day-swing": _("Unusual day"),
    "level-shift": _("New level"),
    "slow-drift": _("Slow drift"),
    "month-swing": _("Unusual month"),
}


def title_of(detector: str) -> str:
    """Return the title of a detector; one that is no longer in use keeps its code."""
    return str(TITLES.get(detector, detector))
