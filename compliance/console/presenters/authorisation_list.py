"""Authorisations in a list: what it is, between whom, and how long it still stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.console.instruments import Standing
from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.utils.functional import Promise

    from compliance.authorisations.models import Authorisation
    from compliance.console.door import Door
    from compliance.console.instruments import Instrument
    from compliance.console.presenters.badge import Tone
    from compliance.console.presenters.names import Names

STANDINGS: dict[Standing, tuple[Promise | str, Tone]] = {
    Standing.IN_FORCE: (gettext_lazy("in force"), "good"),
    Standing.ENDING: (gettext_lazy("ends soon"), "care"),
    Standing.NOT_YET: (gettext_lazy("not yet in force"), "open"),
    Standing.EXPIRED: (gettext_lazy("ended"), "calm"),
    Standing.SUSPENDED: (gettext_lazy("suspended"), "bad"),
    Standing.WITHDRAWN: (gettext_lazy("withdrawn"), "bad"),
}


@dataclass(frozen=True, slots=True)
class AuthorisationRow:
    """One authorisation in a list."""

    address: str
    code: str
    title: str
    kind: str
    parties: str
    standing: Badge
    ends: str
    version: str


def title_of(authorisation: Authorisation) -> str:
    """Return the title in the reader's language."""
    return str(getattr(authorisation, f"title_{words.language()[:2]}", authorisation.title_nl))


def present_standing(standing: Standing) -> Badge:
    """Say how it stands."""
    label, tone = STANDINGS[standing]
    return Badge(str(label), tone)


def present_authorisations(
    *, instruments: Iterable[Instrument], at: datetime, names: Names, door: Door
) -> tuple[AuthorisationRow, ...]:
    """Put authorisations into rows."""
    return tuple(
        AuthorisationRow(
            address=door.address("authorisation", one.authorisation.code, one.version.number),
            code=one.authorisation.code,
            title=title_of(one.authorisation),
            kind=str(one.authorisation.get_kind_display()),
            parties=_("%(provider)s to %(recipients)s")
            % {
                "provider": names.organisation(one.version.provider),
                "recipients": words.enumeration([names.organisation(code) for code in one.version.recipients]),
            },
            standing=present_standing(one.standing),
            ends=_ends(one, at),
            version=str(one.version.number),
        )
        for one in instruments
    )


def _ends(instrument: Instrument, at: datetime) -> str:
    if instrument.ends is None:
        return _("no end")
    day = words.day(words.local_day(instrument.ends))
    if instrument.standing is Standing.ENDING:
        return _("%(day)s, in %(days)s days") % {"day": day, "days": words.figure((instrument.ends - at).days)}
    return day
