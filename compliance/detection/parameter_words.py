"""What the parameters of detectors are called, and their units, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise as StrPromise

NAMES: Final[Mapping[str, StrPromise]] = {
    "days": _("days looked back"),
    "days_ahead": _("days before the end"),
    "false_alarms": _("false alarms that are accepted"),
    "fewest": _("at least"),
    "grace_days": _("days after closing that are accepted"),
    "in_a_range": _("numbers in one range, at least"),
    "least_ahead": _("exchanges ahead, at least"),
    "least_behind": _("exchanges behind, at least"),
    "least_missing": _("missing, at least"),
    "least_persons": _("persons, at least"),
    "least_requests": _("requests, at least"),
    "least_unexplained": _("unexplained, at least"),
    "likeliest": _("how likely it may be by chance"),
    "minutes": _("minutes after the search"),
    "minutes_behind": _("minutes behind, at least"),
    "minutes_patient": _("minutes of patience"),
    "minutes_waiting": _("minutes of waiting"),
    "months": _("months looked back"),
    "most_missing": _("missing, at most"),
    "quiet": _("how quiet an hour is"),
    "rare": _("how rare it is"),
    "seconds_ahead": _("seconds ahead, at least"),
    "seconds_alike": _("seconds that are alike"),
    "share": _("share"),
    "streak": _("in a row, at least"),
    "tail": _("how likely it may be by chance"),
    "times": _("how many times as much"),
    "unlikely": _("how likely it may be by chance"),
    "with_dossier": _("also with a dossier"),
}
UNITS: Final[Mapping[str, StrPromise]] = {
    "1 to see those with a dossier too": _("1 to see those with a dossier too"),
    "a day": _("a day"),
    "days": _("days"),
    "dossiers": _("dossiers"),
    "errors": _("errors"),
    "exchanges": _("exchanges"),
    "exchanges a day": _("exchanges a day"),
    "look-ups": _("look-ups"),
    "minutes": _("minutes"),
    "months": _("months"),
    "numbers": _("numbers"),
    "of the busiest day's users": _("of the busiest day's users"),
    "of the partner's users": _("of the partner's users"),
    "persons": _("persons"),
    "probability": _("probability"),
    "requests": _("requests"),
    "seconds": _("seconds"),
    "share of requests": _("share of requests"),
    "times the earlier level": _("times the earlier level"),
    "times the mean": _("times the mean"),
    "times the ordinary share": _("times the ordinary share"),
    "users": _("users"),
}


def parameter_words(name: str) -> str:
    """Name a parameter; one that is no longer there keeps its code."""
    return str(NAMES.get(name, name))


def unit_words(unit: str) -> str:
    """Name a unit."""
    return str(UNITS.get(unit, unit))
