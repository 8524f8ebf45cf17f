"""Make cases of findings that come over the line."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from compliance.access.roles import Capability
from compliance.cases.deadlines import URGENT
from compliance.cases.models import Case
from compliance.cases.move import locked, move
from compliance.cases.open_case import open_case
from compliance.cases.raising.attach import attach, describe, told_by
from compliance.cases.raising.day_line import line_of
from compliance.cases.raising.from_rows import as_copied, as_finding
from compliance.cases.raising.seen_anew import find_grown, refresh_open
from compliance.cases.raising.suppressed import set_suppressed
from compliance.cases.tell import tell
from compliance.cases.vocabulary import CaseAct, CaseKind
from compliance.detection.models import Finding
from compliance.detection.triage.line import Line, Why
from compliance.detection.triage.story import Standing, group_of, tell_stories
from compliance.detection.vocabulary import FindingState
from compliance.kernel.actor import system
from compliance.kernel.clock import BRUSSELS, now
from compliance.notices.audience import people_who
from compliance.notices.vocabulary import NoticeKind

if TYPE_CHECKING:
    from datetime import date

    from compliance.detection.triage.line import Placed
    from compliance.detection.triage.story import Story

DETECTION: Final = system("detection")
RAISED_DAYS: Final = 31
"""What is further back makes no case any more when it is found, unless a rule of law was broken: it is kept."""
_BESIDE: Final = timedelta(days=7)
"""How long what stayed under the line may still belong to a story that comes over it."""


@dataclass(frozen=True, slots=True)
class Raised:
    """What came of the findings: cases opened, cases joined, findings under the line, and findings suppressed."""

    opened: tuple[Case, ...] = ()
    joined: tuple[Case, ...] = ()
    below: int = 0
    suppressed: int = 0


@transaction.atomic
def raise_cases(*, raised_days: int = RAISED_DAYS) -> Raised:
    """Draw the line of each day that has something new, and make cases of what is over it. One transaction.

    Findings of one story make one case; a later one joins the case while it is open, and opens another, which points
    to the earlier one, once that is decided. To do it again changes nothing; two that do it at once wait in turn.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('raise_cases'))")
    at = now()
    oldest = at.astimezone(BRUSSELS).date() - timedelta(days=raised_days)
    find_grown()
    suppressed = set_suppressed(at=at)
    opened: dict[int, Case] = {}
    joined: dict[int, Case] = {}
    below = 0
    for day, rows in sorted(_by_day(at).items()):
        line, known = _line(day, rows, at, is_past=day < oldest)
        for placed in line.over:
            members = [known[finding.key] for finding in placed.story.findings]
            if placed.why is not Why.STANDING:
                case = _open(placed, members, day, at)
                opened[case.pk] = case
            elif (case_joined := _join(placed.story, members, at)) is not None:
                joined[case_joined.pk] = case_joined
        below += _keep_below([known[finding.key] for placed in line.under for finding in placed.story.findings])
    refresh_open(at=at)
    return Raised(tuple(opened.values()), tuple(joined.values()), below, suppressed)


def _by_day(at: datetime) -> dict[date, list[Finding]]:
    """Return what is to be looked at by its day: what is new, and of today and yesterday what stayed under the line.

    What stayed under the line in the week before goes along, in case it tells a story with what is new.
    """
    today = at.astimezone(BRUSSELS).date()
    found: dict[date, list[Finding]] = defaultdict(list)
    for row in Finding.objects.filter(state=FindingState.FOUND):
        found[day_of(row)].append(row)
    days = sorted(found.keys() | {today, today - timedelta(days=1)})
    since = datetime.combine(days[0], time.min, BRUSSELS) - _BESIDE
    for row in Finding.objects.filter(state=FindingState.BELOW, ends__gte=since):
        first = day_of(row)
        for day in days:
            if first <= day <= first + _BESIDE:
                found[day].append(row)
    return dict(found)


def day_of(row: Finding) -> date:
    """Return the day on which a finding came out first, whose budget it takes."""
    return min(row.days, default=row.begins.astimezone(BRUSSELS).date())


def _line(day: date, rows: list[Finding], at: datetime, *, is_past: bool) -> tuple[Line, dict[str, Finding]]:
    """Draw the line among the stories that have something of this day; long ago, only rules of law are over it."""
    known = {row.key: row for row in rows}
    cases = Case.objects.open().filter(kind=CaseKind.FLAGGED)
    standing = [one for case in cases if (one := _standing(case)) is not None]
    stories = tell_stories((as_finding(row) for row in rows), standing=standing)
    told = [story for story in stories if any(day_of(known[finding.key]) == day for finding in story.findings)]
    line = line_of(day, told, standing={one.key for one in standing}, at=at)
    if is_past:
        over = tuple(placed for placed in line.over if placed.why in {Why.LAW, Why.STANDING})
        line = Line(over, line.under + tuple(placed for placed in line.over if placed not in over))
    return line, known


def _standing(case: Case) -> Standing | None:
    first = case.findings.first()
    if first is None or case.begins is None or case.ends is None:
        return None
    return Standing(case.key, group_of(as_copied(first)), case.begins, case.ends)


def _hidden(name: str) -> str:
    """Return a name of a story that tells nothing once the pseudonyms in it are forgotten."""
    return sha256(name.encode()).hexdigest()[:32]


def _open(placed: Placed, rows: list[Finding], day: date, at: datetime) -> Case:
    """Open the case of a story; where one of the same story was decided, point to it."""
    story = placed.story
    group, key = _hidden(story.group), _hidden(story.key)
    before = Case.objects.filter(kind=CaseKind.FLAGGED, story=group).order_by("id")
    earlier = before.last()
    number = before.filter(key__startswith=key).count()
    facts = {"day": day.isoformat(), "why": placed.why.value, "family": story.family.value}
    told = told_by(story)
    case = open_case(
        kind=CaseKind.FLAGGED,
        key=f"{key}~{number}" if number else key,
        facts=facts,
        actor=DETECTION,
        story=group,
        earlier=earlier,
        **told,
    ).case
    attach(case, rows, at=at)
    _mark(rows, FindingState.RAISED)
    if case.severity >= URGENT:
        tell(case, NoticeKind.CASE_OPENED_URGENT, people_who(Capability.DECIDE_CASES), key="opened")
    return case


def _join(story: Story, rows: list[Finding], at: datetime) -> Case | None:
    """Add findings to the open case of their story; return it when there was anything to add."""
    case = locked(Case.objects.get(kind=CaseKind.FLAGGED, key=story.key))
    made = attach(case, rows, at=at)
    _mark(rows, FindingState.RAISED)
    if not made:
        return None
    describe(case, at=at)
    detectors = ",".join(sorted({copy.detector for copy in made}))
    details = {"findings": str(len(made)), "detectors": detectors, "severity": str(case.severity)}
    move(case, act=CaseAct.JOIN, actor=DETECTION, at=at, details=details)
    return case


def _keep_below(rows: list[Finding]) -> int:
    _mark(rows, FindingState.BELOW)
    return len(rows)


def _mark(rows: list[Finding], state: FindingState) -> None:
    Finding.objects.filter(pk__in=[row.pk for row in rows]).update(state=state)
