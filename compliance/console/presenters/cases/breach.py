"""A data breach as a page: the clock, the notification and its versions, and whom to inform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.access.roles import Capability
from compliance.cases.breaches.content import lacking
from compliance.cases.breaches.vocabulary import Authority, BreachEnd
from compliance.console.cases.breach_forms import NotificationForm
from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge
from compliance.console.presenters.cases.words import case_sentence
from compliance.console.presenters.identity import INSZ_DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, timedelta

    from compliance.access.models import Account
    from compliance.cases.breaches.content import Notification
    from compliance.cases.breaches.models import Breach, BreachDraft
    from compliance.cases.breaches.persons import PersonToInform
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names

_HOUR = 3600
_NEAR = 12


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version that was kept."""

    number: str
    told: str
    entry: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person to inform."""

    number: str
    exchanges: str
    period: str


@dataclass(frozen=True, slots=True)
class BreachStory:
    """What the template of a data breach needs."""

    code: str
    case: str
    address: str
    sentence: str
    clock: Badge
    clock_told: str
    ended: str
    reason: str
    may_write: bool
    lacking: tuple[str, ...]
    versions: tuple[VersionLine, ...]


def present_breach(
    breach: Breach, account: Account, *, proposed: Notification, at: datetime, names: Names, door: Door
) -> BreachStory:
    """Put a breach into words."""
    drafts = list(breach.drafts.all())
    told = {"moment": words.moment(breach.aware_at), "due": words.moment(breach.due_at)}
    labels = {name: str(field.label) for name, field in NotificationForm.base_fields.items()}
    return BreachStory(
        code=breach.case.code,
        case=door.address("case", breach.case.code),
        address=door.address("breach", breach.case.code),
        sentence=case_sentence(breach.case, names),
        clock=present_clock(breach, at),
        clock_told=_("Known since %(moment)s. Article 33 of the GDPR asks to notify it by %(due)s.") % told,
        ended=_ended(breach),
        reason=breach.reason,
        may_write=account.may(Capability.DECIDE_CASES) and not breach.end,
        lacking=tuple(labels.get(name, name) for name in lacking(proposed)),
        versions=tuple(_version(one) for one in reversed(drafts)),
    )


def present_clock(breach: Breach, at: datetime) -> Badge:
    """Say how much of the 72 hours is left."""
    if breach.end:
        return Badge(str(BreachEnd(breach.end).label), "good" if breach.end == BreachEnd.NOTIFIED else "calm")
    left = breach.due_at - at
    if left.total_seconds() <= 0:
        return Badge(_("%(time)s late") % {"time": duration_words(-left)}, "bad")
    near = left.total_seconds() < _NEAR * _HOUR
    return Badge(_("%(time)s left of 72 hours") % {"time": duration_words(left)}, "bad" if near else "care")


def duration_words(length: timedelta) -> str:
    """Write a length of time in hours, or in minutes when it is shorter than that."""
    seconds = int(length.total_seconds())
    if seconds >= _HOUR:
        return ngettext("%(count)s hour", "%(count)s hours", seconds // _HOUR) % {"count": seconds // _HOUR}
    return ngettext("%(count)s minute", "%(count)s minutes", seconds // 60) % {"count": seconds // 60}


def present_persons(persons: Iterable[PersonToInform]) -> tuple[PersonLine, ...]:
    """Put the persons to inform into rows, as numbers are read."""
    return tuple(
        PersonLine(_readable(one.value), words.figure(one.exchanges), _period(one.first, one.last)) for one in persons
    )


def persons_csv(persons: Sequence[PersonToInform]) -> str:
    """Write the persons to inform as lines for a program: kind, number, exchanges, first and last."""
    lines = ["kind;number;exchanges;first;last"]
    lines += [f"{one.kind};{one.value};{one.exchanges};{one.first:%Y-%m-%d};{one.last:%Y-%m-%d}" for one in persons]
    return "\r\n".join(lines) + "\r\n"


def _readable(digits: str) -> str:
    if len(digits) != INSZ_DIGITS or not digits.isdigit():
        return digits
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}-{digits[6:9]}.{digits[9:]}"


def _period(first: datetime, last: datetime) -> str:
    days = words.day(words.local_day(first)), words.day(words.local_day(last))
    return days[0] if days[0] == days[1] else _("%(first)s to %(last)s") % {"first": days[0], "last": days[1]}


def _version(one: BreachDraft) -> VersionLine:
    told = _("%(who)s, %(moment)s") % {"who": one.by, "moment": words.moment(one.at)}
    return VersionLine(_("version %(number)s") % {"number": one.number}, told, str(one.entry))


def _ended(breach: Breach) -> str:
    if breach.notified_at is not None:
        return _("Notified to the %(authority)s on %(moment)s, reference %(reference)s.") % {
            "authority": Authority(breach.authority).label,
            "moment": words.moment(breach.notified_at),
            "reference": breach.reference,
        }
    if breach.ended_at is not None:
        told = {"who": breach.ended_by, "moment": words.moment(breach.ended_at)}
        return _("The clock was stopped by %(who)s, %(moment)s.") % told
    return ""
