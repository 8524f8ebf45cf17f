"""Read how access was reviewed in a period."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import TYPE_CHECKING

from django.db.models import Count, Sum

from compliance.cases.breaches.models import Breach
from compliance.cases.budget.models import DetectionBudget
from compliance.cases.models import Case, CaseConfirmation, CaseEvent
from compliance.cases.questions.models import PartnerQuestion, QuestionStep
from compliance.cases.questions.vocabulary import QuestionAct, QuestionState
from compliance.cases.samples.models import SampleDraw, SampleReview
from compliance.cases.samples.results import results
from compliance.cases.suppressions.models import Suppression
from compliance.cases.vocabulary import TECHNICAL, CaseAct, CaseKind
from compliance.detection.models import Finding
from compliance.detection.tuning.models import DetectorChange
from compliance.detection.tuning.vocabulary import ChangeState
from compliance.kernel.clock import BRUSSELS, now
from compliance.registry.controllers import controllers_between
from compliance.registry.working_days import working_days
from compliance.reporting.review.reviewed import BreachFigure, CaseFigures, QuestionFigures, Review
from compliance.statistics.models import HourCount

if TYPE_CHECKING:
    from collections.abc import Iterable

OTHER_FAMILY = "service"
"""Cases about the service itself, which are of no family of detectors."""


def review_of(*, since: date, until: date) -> Review:
    """Return how access was reviewed from a day up to and with another, as it is known now."""
    begin, end = _midnight(since), _midnight(until + timedelta(days=1))
    days = set(working_days(since, min(until, _today()) + timedelta(days=1)))
    draws = list(SampleDraw.objects.filter(drawn_at__gte=begin, drawn_at__lt=end))
    suppressions = Suppression.objects.filter(at__lt=end)
    counted = HourCount.objects.filter(hour__gte=begin, hour__lt=end, environment="production")
    return Review(
        since=since,
        until=until,
        controllers=tuple(one.organisation.name for one in controllers_between(since, until + timedelta(days=1))),
        exchanges=counted.aggregate(all=Sum("count"))["all"] or 0,
        findings=dict(
            Finding.objects.filter(found_at__gte=begin, found_at__lt=end)
            .values_list("state")
            .annotate(count=Count("id"))
            .order_by("state")
        ),
        cases=tuple(_cases(begin, end)),
        by_two=CaseConfirmation.objects.filter(at__gte=begin, at__lt=end, agrees=True).count(),
        reopened=CaseEvent.objects.filter(at__gte=begin, at__lt=end, act=CaseAct.REOPEN).count(),
        days=len(days),
        active_days=len(days & _active_days(begin, end)),
        questions=tuple(_questions(begin, end)),
        breaches=tuple(
            BreachFigure(one.case.code, one.aware_at, one.due_at, one.notified_at, one.end)
            for one in Breach.objects.select_related("case").filter(aware_at__gte=begin, aware_at__lt=end)
        ),
        samples=results(draws),
        sample_months=len(draws),
        suppressions=suppressions.filter(at__gte=begin).count(),
        suppressions_in_force=suppressions.filter(ends_on__gte=until, ended_at=None).count(),
        detector_changes=DetectorChange.objects.filter(decided_at__gte=begin, decided_at__lt=end)
        .exclude(state=ChangeState.REFUSED)
        .count(),
        budgets=tuple(
            (_day(one.at), one.cases_a_day)
            for one in DetectionBudget.objects.filter(at__gte=begin, at__lt=end).order_by("id")
        ),
    )


def _cases(begin: datetime, end: datetime) -> Iterable[CaseFigures]:
    """Yield the figures of each family that had a case in the period, or has one that is open at its end."""
    until = min(end, now())
    families: dict[str, list[Case]] = defaultdict(list)
    for case in Case.objects.filter(opened_at__lt=end):
        open_at_end = case.decided_at is None or case.decided_at >= end
        if case.opened_at >= begin or open_at_end or (case.decided_at and case.decided_at >= begin):
            families[_family(case)].append(case)
    for family, cases in sorted(families.items()):
        decided = [case for case in cases if case.decided_at is not None and begin <= case.decided_at < end]
        open_ = [case for case in cases if case.decided_at is None or case.decided_at >= end]
        hours = [(case.decided_at - case.opened_at).total_seconds() / 3600 for case in decided if case.decided_at]
        yield CaseFigures(
            family=family,
            opened=sum(case.opened_at >= begin for case in cases),
            decided=len(decided),
            outcomes=Counter(case.outcome for case in decided),
            hours=median(hours) if hours else None,
            late=sum(case.decided_at > case.due_at for case in decided if case.decided_at),
            open_at_end=len(open_),
            overdue_at_end=sum(case.due_at < until for case in open_),
        )


def _family(case: Case) -> str:
    if case.kind in TECHNICAL:
        return OTHER_FAMILY
    return CaseKind.SAMPLE.value if case.kind == CaseKind.SAMPLE else case.family or OTHER_FAMILY


def _active_days(begin: datetime, end: datetime) -> set[date]:
    """Return the days on which a person of ours worked on a case or judged an exchange."""
    people = CaseEvent.objects.filter(at__gte=begin, at__lt=end, organisation="").exclude(
        act__in=[CaseAct.OPEN, CaseAct.JOIN, CaseAct.HEAR]
    )
    moments = [*people.values_list("at", flat=True)]
    moments += SampleReview.objects.filter(at__gte=begin, at__lt=end).values_list("at", flat=True)
    return {_day(moment) for moment in moments}


def _questions(begin: datetime, end: datetime) -> Iterable[QuestionFigures]:
    asked = PartnerQuestion.objects.select_related("organisation").filter(asked_at__gte=begin, asked_at__lt=end)
    answered = dict(
        QuestionStep.objects.filter(question__in=asked, act=QuestionAct.ANSWER).values_list("question_id", "at")
    )
    partners: dict[str, list[PartnerQuestion]] = defaultdict(list)
    for question in asked.exclude(state=QuestionState.WITHDRAWN):
        partners[question.organisation.code].append(question)
    at = now()
    for partner, questions in sorted(partners.items()):
        yield QuestionFigures(
            partner,
            asked=len(questions),
            answered=sum(one.pk in answered for one in questions),
            in_time=sum(one.pk in answered and answered[one.pk] <= one.due_at for one in questions),
            overdue=sum(one.pk not in answered and one.due_at < at for one in questions),
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=BRUSSELS)


def _day(moment: datetime) -> date:
    return moment.astimezone(BRUSSELS).date()


def _today() -> date:
    return _day(now())
