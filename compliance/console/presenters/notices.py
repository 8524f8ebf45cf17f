"""Somebody's notices in words, and the bell that counts them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.console.presenters import words
from compliance.notices.sentences import sentence_of
from compliance.notices.unread import MOST_COUNTED, unread_count
from compliance.notices.vocabulary import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.access.models import Account
    from compliance.console.notice_page import NoticePage
    from compliance.notices.models import Notice


@dataclass(frozen=True, slots=True)
class Bell:
    """How many were not read: as a figure beside the bell, and in words; nothing when there are none."""

    figure: str
    words: str
    here: bool


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice: its sentence, when it came, and where it is opened and marked as read."""

    sentence: str
    time: str
    at: str
    open: str
    mark: str


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """The notices of one day."""

    name: str
    rows: tuple[NoticeRow, ...]


@dataclass(frozen=True, slots=True)
class NoticeList:
    """What the template of the notices needs; ``newest`` is the last that "all" means when it is pressed."""

    unread: tuple[NoticeDay, ...]
    newest: int
    read: tuple[NoticeDay, ...]
    older: str
    is_first: bool


def present_bell(account: Account, *, path: str) -> Bell:
    """Count what the person has not read. One query."""
    here = path.startswith(reverse("notices"))
    count = unread_count(account)
    if not count:
        return Bell("", _("No unread notices"), here)
    figure = f"{count - 1}+" if count == MOST_COUNTED else str(count)
    told = ngettext("%(figure)s unread notice", "%(figure)s unread notices", count) % {"figure": figure}
    return Bell(figure, told, here)


def present_notices(page: NoticePage, *, is_first: bool) -> NoticeList:
    """Put a page of notices into words."""
    address = reverse("notices")
    return NoticeList(
        unread=_days(page.unread),
        newest=page.unread[0].pk if page.unread else 0,
        read=_days(page.read),
        older=f"{address}?{urlencode({'before': page.read[-1].pk})}" if page.older else "",
        is_first=is_first,
    )


def _days(notices: Sequence[Notice]) -> tuple[NoticeDay, ...]:
    return tuple(
        NoticeDay(words.sentence(words.weekday(day)), tuple(_row(one) for one in group))
        for day, group in groupby(notices, key=lambda one: words.local_day(one.made_at))
    )


def _row(notice: Notice) -> NoticeRow:
    return NoticeRow(
        sentence=sentence_of(NoticeKind(notice.kind), notice.words),
        time=words.minute(notice.made_at),
        at=notice.made_at.isoformat(),
        open=reverse("notice-open", args=[notice.pk]),
        mark="" if notice.read_at else reverse("notice-read", args=[notice.pk]),
    )
