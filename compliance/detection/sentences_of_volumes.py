"""The sentences of detectors of unusual volumes. ``about`` is the part of the partner's exchanges, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise as StrPromise

_PLANNED = _("%(partner)s%(about)s: a swing that %(event)s explains, as was announced.")

VOLUME_SENTENCES: Final[Mapping[str, StrPromise]] = {
    "spike": _(
        "%(partner)s%(about)s: %(observed)s exchanges from %(from)s to %(until)s, where %(expected)s are usual."
    ),
    "spike/planned": _PLANNED,
    "dip": _(
        "%(partner)s%(about)s: only %(observed)s exchanges from %(from)s to %(until)s, where %(expected)s are usual."
    ),
    "dip/planned": _PLANNED,
    "silence": _("%(partner)s%(about)s: no exchange from %(from)s to %(until)s, where %(expected)s are usual."),
    "silence/planned": _PLANNED,
    "error-share": _(
        "%(partner)s%(about)s: %(errors)s of %(observed)s exchanges went wrong from %(from)s to %(until)s, "
        "%(share)s per cent instead of %(ordinary)s."
    ),
    "error-share/planned": _PLANNED,
    "outcome-mix": _(
        "%(partner)s%(about)s: the outcome “%(outcome)s” made up %(share)s per cent of the day instead of %(ordinary)s."
    ),
    "outcome-mix/planned": _PLANNED,
    "day-swing/up": _("%(partner)s%(about)s: %(observed)s exchanges in a day, where %(expected)s are usual."),
    "day-swing/down": _("%(partner)s%(about)s: only %(observed)s exchanges in a day, where %(expected)s are usual."),
    "day-swing/planned": _PLANNED,
    "level-shift/up": _("%(partner)s%(about)s has been at a higher level for days: %(times)s times the week before."),
    "level-shift/down": _(
        "%(partner)s%(about)s has been at a lower level for days: the week before had %(times)s times as much."
    ),
    "level-shift/planned": _PLANNED,
    "slow-drift/up": _("%(partner)s%(about)s rose slowly to %(times)s times what it was four weeks before."),
    "slow-drift/down": _("%(partner)s%(about)s fell slowly: four weeks before it was %(times)s times as much."),
    "slow-drift/planned": _PLANNED,
    "month-swing/up": _("%(partner)s%(about)s: %(observed)s exchanges in a month, where %(expected)s are usual."),
    "month-swing/down": _(
        "%(partner)s%(about)s: only %(observed)s exchanges in a month, where %(expected)s are usual."
    ),
    "month-swing/planned": _PLANNED,
}
