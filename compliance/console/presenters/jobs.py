"""Jobs in words: what runs in the background, how long it takes, and what waits or failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge
from compliance.reporting import numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.jobs.standing import JobStanding


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job."""

    name: str
    what: str
    standing: Badge
    last: str
    typical: str
    longest: str
    failures: str


@dataclass(frozen=True, slots=True)
class JobsPage:
    """What the page of jobs needs."""

    summary: str
    is_well: bool
    rows: tuple[JobRow, ...]
    queues: tuple[tuple[str, str], ...]
    queue_is_gone: bool


def present_jobs(standings: Sequence[JobStanding], queues: Mapping[str, int] | None) -> JobsPage:
    """Put all jobs into words."""
    wrong = sum(bool(one.error) or one.is_late for one in standings)
    return JobsPage(
        summary=_("Every job runs when it should.")
        if not wrong
        else ngettext("One job is late or failed.", "%(count)s jobs are late or failed.", wrong)
        % {"count": words.figure(wrong)},
        is_well=not wrong,
        rows=tuple(_row(one) for one in standings),
        queues=tuple((name, words.figure(count)) for name, count in (queues or {}).items()),
        queue_is_gone=queues is None,
    )


def _row(standing: JobStanding) -> JobRow:
    return JobRow(
        name=standing.job.value,
        what=words.sentence(str(standing.job.label)),
        standing=_standing(standing),
        last=words.moment(standing.last_ended) if standing.last_ended else _("never"),
        typical=_seconds(standing.typical),
        longest=_seconds(standing.longest),
        failures=words.figure(standing.failures),
    )


def _standing(standing: JobStanding) -> Badge:
    if standing.error:
        return Badge(_("failed: %(error)s") % {"error": standing.error}, "bad")
    if standing.is_late:
        return Badge(_("late"), "care")
    if standing.last_ended is None:
        return Badge(_("did not run yet"), "calm")
    return Badge(_("runs"), "good")


def _seconds(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return _("%(seconds)s s") % {"seconds": numbers.tenths(seconds, words.language())}
