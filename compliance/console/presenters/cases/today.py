"""What cases ask of an officer today: what is new, due and waiting, the clocks that run, and how far detection is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.cases.breaches.models import Breach
from compliance.console.cases.queue import Tab, count_tabs, of_tab, visible_cases
from compliance.console.presenters import words
from compliance.console.presenters.cases.breach import present_clock
from compliance.console.presenters.cases.news import behind_words, is_late
from compliance.console.presenters.cases.queue import TABS
from compliance.console.presenters.cases.words import case_sentence, present_risk
from compliance.detection.behind import behind

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.console.door import Door
    from compliance.console.presenters.badge import Badge
    from compliance.console.presenters.names import Names

SHOWN = 4
TOLD = (Tab.NEW, Tab.MINE, Tab.SECOND, Tab.DUE, Tab.PARTNER)


@dataclass(frozen=True, slots=True)
class TodayLine:
    """A case, or a clock that runs: one sentence, its badge and where it leads."""

    sentence: str
    address: str
    badge: Badge
    partner: str


@dataclass(frozen=True, slots=True)
class Today:
    """What the first page tells of cases."""

    address: str
    counts: tuple[tuple[str, str, str], ...]
    gravest: tuple[TodayLine, ...]
    clocks: tuple[TodayLine, ...]
    behind: str
    is_late: bool
    is_clear: bool


def present_today(account: Account, *, at: datetime, names: Names, door: Door) -> Today:
    """Gather what asks for attention. Some ten queries, however many cases there are."""
    visible = visible_cases(account)
    counts = count_tabs(visible, account, at)
    gravest = of_tab(visible, Tab.NEW, account, at).prefetch_related("findings")[:SHOWN]
    running = Breach.objects.running().select_related("case").prefetch_related("case__findings").order_by("due_at")
    waits = behind()
    return Today(
        address=door.address("cases"),
        counts=tuple(
            (words.figure(counts[tab]), str(TABS[tab]), door.address("cases", query={"tab": tab.value}))
            for tab in TOLD
            if counts[tab] or tab in {Tab.NEW, Tab.DUE}
        ),
        gravest=tuple(
            TodayLine(
                case_sentence(case, names),
                door.address("case", case.code),
                present_risk(case.severity),
                names.organisation(case.partner) if case.partner else "",
            )
            for case in gravest
        ),
        clocks=tuple(
            TodayLine(
                _("Data breach %(code)s: to be notified by %(moment)s")
                % {"code": one.case.code, "moment": words.moment(one.due_at)},
                door.address("breach", one.case.code),
                present_clock(one, at),
                names.organisation(one.case.partner) if one.case.partner else "",
            )
            for one in running
        ),
        behind=behind_words(waits),
        is_late=is_late(waits),
        is_clear=not any(counts[tab] for tab in TOLD) and not running,
    )
