"""What was decided to be expected, for whom and until when, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from compliance.cases.suppressions.models import Suppression
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names

_SOON = 7


@dataclass(frozen=True, slots=True)
class SuppressionRow:
    """One suppression: what, of whom, until when, why, and the case that it came of."""

    uid: str
    detectors: tuple[str, ...]
    scope: str
    until: Badge
    reason: str
    told: str
    case: str
    case_address: str
    ended: str


def present_suppressions(
    found: Iterable[Suppression], *, at: datetime, names: Names, door: Door
) -> tuple[SuppressionRow, ...]:
    """Put suppressions into rows."""
    return tuple(
        SuppressionRow(
            uid=str(one.uid),
            detectors=tuple(one.detectors),
            scope=_scope(one, names),
            until=_until(one, at),
            reason=one.reason,
            told=_("%(who)s, %(moment)s") % {"who": one.by, "moment": words.moment(one.at)},
            case=one.case.code,
            case_address=door.address("case", one.case.code),
            ended=_ended(one),
        )
        for one in found
    )


def _scope(one: Suppression, names: Names) -> str:
    parts = [
        names.organisation(one.partner) if one.partner else _("every partner"),
        names.service(one.service) if one.service else "",
        _("one user, who is not shown") if one.is_of_user else "",
        _("from %(first)s to %(last)s") % {"first": words.day(one.begins_on), "last": words.day(one.ends_on)},
    ]
    return ", ".join(part for part in parts if part)


def _until(one: Suppression, at: datetime) -> Badge:
    days = (one.ends_on - words.local_day(at)).days
    if one.ended_at is not None:
        return Badge(_("ended earlier"), "calm")
    if days < 0:
        return Badge(_("has run out"), "calm")
    told = ngettext("%(count)s more day", "%(count)s more days", days) % {"count": words.figure(days)}
    return Badge(told if days else _("ends today"), "care" if days <= _SOON else "open")


def _ended(one: Suppression) -> str:
    if one.ended_at is None:
        return ""
    told = {"who": one.ended_by, "moment": words.moment(one.ended_at), "reason": one.ended_reason}
    return _("Ended by %(who)s, %(moment)s: %(reason)s") % told
