"""The day of a user, in words and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from compliance.console.presenters import words
from compliance.console.presenters.cases.day_drawing import DayDrawing, Mark, draw_day
from compliance.console.presenters.cases.picture import Picture, Table, look_up_words
from compliance.kernel.clock import BRUSSELS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime


class LookUp(NamedTuple):
    """One exchange of a user on the day that is shown."""

    at: datetime
    is_told: bool
    about: str


def present_day(look_ups: Sequence[LookUp], *, key: str, day: date, office: tuple[int, int] | None) -> Picture | None:
    """Draw the day of a user; ``None`` when nothing is known of it."""
    if not look_ups:
        return None
    told = sum(one.is_told for one in look_ups)
    title = _("The day of this user, %(day)s") % {"day": words.weekday(day)}
    says = _("%(look_ups)s between %(first)s and %(last)s, of which %(count)s in this case.") % {
        "look_ups": look_up_words(len(look_ups)),
        "count": words.figure(told),
        "first": words.minute(min(one.at for one in look_ups)),
        "last": words.minute(max(one.at for one in look_ups)),
    }
    marks = tuple(
        Mark(_minute(one.at), f"{words.minute(one.at)}, {one.about}", one.is_told)
        for one in sorted(look_ups, key=lambda one: (one.is_told, one.at))
    )
    legend = [("told", _("in this case"))]
    if told < len(look_ups):
        legend.append(("beside", _("the rest of the day")))
    if office is not None and office[0] < office[1]:
        legend.append(("office", _("hours in which this partner works")))
    return Picture(
        kind="day",
        title=title,
        says=says,
        drawing=SafeString(draw_day(DayDrawing(key, title, says, marks, office))),
        top="",
        under=("0:00", "6:00", "12:00", "18:00", "24:00"),
        legend=tuple(legend),
        table=Table(
            caption=title,
            columns=(_("Time"), _("Look-up")),
            rows=tuple((words.minute(one.at), one.about) for one in sorted(look_ups)),
            marked=frozenset(place for place, one in enumerate(sorted(look_ups)) if one.is_told),
        ),
    )


def _minute(at: datetime) -> int:
    local = at.astimezone(BRUSSELS)
    return local.hour * 60 + local.minute
