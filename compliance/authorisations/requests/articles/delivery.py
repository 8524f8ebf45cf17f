"""How long the data are kept, who sees them, and how and how often they are communicated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.authorisations.requests.articles.part import part
from compliance.authorisations.requests.vocabulary import Rhythm, Section
from compliance.authorisations.requests.wording import count_of, in_line, listed, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.authorisations.requests.articles.part import TextPart
    from compliance.authorisations.requests.content import RequestContent
    from compliance.authorisations.requests.register_names import RegisterNames
    from compliance.authorisations.terms import Ceiling


def retention(content: RequestContent) -> TextPart:
    """Return how long the recipient keeps the data (GDPR art. 5(1)(e))."""
    standing = _("After that term the recipient erases the data, unless a law obliges it to keep them longer.")
    return part(Section.DURATION, _("Retention"), _retention(content), (standing,))


def recipients(content: RequestContent, names: RegisterNames) -> TextPart:
    """Return who sees the data at the recipient, and who further on."""
    return part(Section.RECIPIENTS, _("Recipients"), _recipients(content, names))


def means(content: RequestContent, names: RegisterNames) -> TextPart:
    """Return by which routes, how often, how much and when."""
    return part(Section.RHYTHM, _("Means of communication and periodicity"), _means(content, names))


def _retention(content: RequestContent) -> Iterator[str]:
    months = content.duration.retention_months
    if months is not None:
        yield ngettext(
            "The recipient keeps the data for at most %(count)s month after it received them.",
            "The recipient keeps the data for at most %(count)s months after it received them.",
            months,
        ) % {"count": months}
    yield from paragraphs(content.duration.why_so_long)


def _recipients(content: RequestContent, names: RegisterNames) -> Iterator[str]:
    said = content.recipients
    if who := tuple(paragraphs(said.who)):
        yield _("At the recipient only the following persons have access to the data, as far as their task needs it:")
        yield from who
    if said.user_groups:
        yield _("Persons ask for data by hand only as members of one of these groups of users:")
        yield from listed(said.user_groups)
    if content.parties.processors:
        yield _("The data may also be seen by the processors of the recipient, on its instructions only:")
        yield from listed(names.organisation(code) for code in content.parties.processors)
    if further := tuple(paragraphs(said.further)):
        yield _("The recipient passes the data on to the following third parties only:")
        yield from further
    elif who:
        yield _("The recipient passes the data on to nobody else.")


def _means(content: RequestContent, names: RegisterNames) -> Iterator[str]:
    said = content.rhythm
    if said.routes:
        yield _("The data are communicated electronically, over the following routes:")
        yield from listed(names.route(code) for code in said.routes)
    if said.rhythm is not None:
        yield _rhythm(said.rhythm)
    yield from paragraphs(said.why_this_often)
    if said.expected_per_month is not None:
        yield _("The parties estimate the number of exchanges at %(count)s a month.") % {
            "count": count_of(said.expected_per_month)
        }
    if said.ceiling is not None:
        yield _ceiling(said.ceiling)
    if said.hours is not None:
        days = ", ".join(str(WEEKDAYS[day - 1]) for day in sorted(set(said.hours.weekdays)))
        yield _("Data are communicated only on %(days)s, from %(start)s until %(end)s (Belgian time).") % {
            "days": days,
            "start": in_line(said.hours.start),
            "end": in_line(said.hours.end),
        }


def _rhythm(rhythm: Rhythm) -> str:
    return {
        Rhythm.ON_DEMAND: _("The recipient asks for data case by case, when a file needs them."),
        Rhythm.DAILY: _("The data are communicated every day."),
        Rhythm.WEEKLY: _("The data are communicated every week."),
        Rhythm.MONTHLY: _("The data are communicated every month."),
        Rhythm.YEARLY: _("The data are communicated every year."),
        Rhythm.ONCE: _("The data are communicated once."),
    }[rhythm]


def _ceiling(ceiling: Ceiling) -> str:
    return {
        "day": _("The number of exchanges is at most %(count)s a day."),
        "week": _("The number of exchanges is at most %(count)s a week."),
        "month": _("The number of exchanges is at most %(count)s a month."),
        "year": _("The number of exchanges is at most %(count)s a year."),
    }[ceiling.period] % {"count": count_of(ceiling.count)}
