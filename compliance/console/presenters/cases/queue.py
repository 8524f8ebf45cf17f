"""The queue as a page: its tabs, its rows, and how far detection is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from compliance.access.roles import Capability
from compliance.console.cases.queue import Tab
from compliance.console.presenters import words
from compliance.console.presenters.cases.row import CaseRow, present_row

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.utils.functional import _StrPromise as StrPromise

    from compliance.access.models import Account
    from compliance.console.cases.queue import CaseFilter, Queue
    from compliance.console.door import Door
    from compliance.console.presenters.cases.picture import Picture
    from compliance.console.presenters.names import Names

TABS: Mapping[Tab, StrPromise] = {
    Tab.NEW: gettext_lazy("New"),
    Tab.MINE: gettext_lazy("Mine"),
    Tab.SECOND: gettext_lazy("For a second person"),
    Tab.PARTNER: gettext_lazy("Waiting for a partner"),
    Tab.DUE: gettext_lazy("Due today, or late"),
    Tab.OPEN: gettext_lazy("All open"),
    Tab.DECIDED: gettext_lazy("Dealt with"),
}
_NOTHING: Mapping[Tab, StrPromise] = {
    Tab.NEW: gettext_lazy("Nothing new. What comes in stands here by itself."),
    Tab.MINE: gettext_lazy("You have no case. Take one from the new ones: the gravest stands first."),
    Tab.SECOND: gettext_lazy("No decision waits for you as the second person."),
    Tab.PARTNER: gettext_lazy("No partner has to answer."),
    Tab.DUE: gettext_lazy("Nothing is due today."),
    Tab.OPEN: gettext_lazy("No case is open."),
    Tab.DECIDED: gettext_lazy("No case was decided."),
}


@dataclass(frozen=True, slots=True)
class TabLink:
    """One tab: its words, how many stand in it, where it leads, and whether one is there."""

    words: str
    count: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class PresentedQueue:
    """What the template of the queue needs."""

    tabs: tuple[TabLink, ...]
    heading: str
    rows: tuple[CaseRow, ...]
    shown: str
    nothing: str
    newer: str
    older: str
    here: str
    news: str
    bulk: str
    may_decide: bool


def present_queue(
    queue: Queue,
    narrowed: CaseFilter,
    account: Account,
    *,
    at: datetime,
    names: Names,
    door: Door,
    pictures: Mapping[int, Picture],
) -> PresentedQueue:
    """Put the queue into words."""
    may_decide = account.may(Capability.DECIDE_CASES)
    query = narrowed.query

    def address(**more: str) -> str:
        return door.address("cases", query={"tab": queue.tab.value, **query, **more})

    rows = tuple(
        present_row(case, account, at=at, names=names, door=door, picture=pictures.get(case.pk), may_decide=may_decide)
        for case in queue.cases
    )
    count = queue.counts[queue.tab]
    return PresentedQueue(
        tabs=tuple(
            TabLink(
                str(told),
                words.figure(queue.counts[tab]),
                door.address("cases", query={"tab": tab.value, **query}),
                here=tab is queue.tab,
            )
            for tab, told in TABS.items()
        ),
        heading=str(TABS[queue.tab]),
        rows=rows,
        shown=ngettext("%(count)s case", "%(count)s cases", count) % {"count": words.figure(count)},
        nothing=_("No case fits. Remove a filter.") if query else str(_NOTHING[queue.tab]),
        newer=address(page=str(queue.page - 1)) if queue.page else "",
        older=address(page=str(queue.page + 1)) if queue.more else "",
        here=address(),
        news=door.address("cases-news", query={"after": str(queue.newest), "tab": queue.tab.value, **query}),
        bulk=door.address("cases-decide"),
        may_decide=may_decide,
    )


def decided_words(count: str) -> str:
    """Say how many cases were decided at once; a made-up address says nothing."""
    if not (count.isascii() and count.isdigit()):
        return ""
    return ngettext(
        "%(count)s case was decided, or waits for a second person.",
        "%(count)s cases were decided, or wait for a second person.",
        int(count),
    ) % {"count": words.figure(int(count))}
