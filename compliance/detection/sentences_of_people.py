"""The sentences of detectors of what people do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise as StrPromise

PEOPLE_SENTENCES: Final[Mapping[str, StrPromise]] = {
    "same-person-again": _(
        "A user of %(partner)s looked up the same person %(times)s times in %(days)s days, without "
        "anything that explains it."
    ),
    "without-dossiers": _(
        "A user of %(partner)s looked up %(seen)s new persons in one day without anything that "
        "explains it; usual is %(expected)s."
    ),
    "without-dossiers/days": _(
        "A user of %(partner)s looked up %(seen)s new persons in %(days)s days without anything "
        "that explains it; usual is %(expected)s."
    ),
    "name-search": _(
        "A user of %(partner)s searched by name and opened %(persons)s persons within %(minutes)s "
        "minutes, without anything that explains it."
    ),
    "enumeration": _(
        "A user of %(partner)s looked up %(persons)s persons whose national numbers are close "
        "together, without anything that explains it."
    ),
    "dormant-user": _(
        "A user of %(partner)s who was not seen for %(days)s days looked up %(persons)s persons "
        "without anything that explains it."
    ),
    "first-use/partner": _("A user of %(partner)s used %(service)s by hand, which hardly anybody there ever did."),
    "first-use/user": _(
        "A user of %(partner)s used %(service)s for the first time, on %(persons)s persons without "
        "anything that explains it."
    ),
    "sought-person": _(
        "%(users)s users looked up the same person within %(days)s days, without anything that explains it."
    ),
    "sought-person/partners": _(
        "%(users)s users of %(partners)s partners looked up the same person within %(days)s days, "
        "without anything that explains it."
    ),
    "own-file/self": _("A user of %(partner)s looked up their own file."),
    "own-file/household": _("A user of %(partner)s looked up somebody of their own household."),
    "own-file/address": _("A user of %(partner)s looked up somebody who lives at the user's address."),
    "unlike-peers": _("A user of %(partner)s looked up %(seen)s persons in one day; colleagues look up %(expected)s."),
    "unexplained-off-hours": _(
        "A user of %(partner)s looked up %(persons)s persons between %(from)s and %(until)s, when "
        "hardly anybody there works, without anything that explains it."
    ),
}
"""By detector, or by detector and kind of what it finds."""
