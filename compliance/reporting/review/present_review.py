"""How access was reviewed, in sentences and tables, for page and PDF alike."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.cases.breaches.vocabulary import BreachEnd
from compliance.cases.vocabulary import CaseKind, Outcome
from compliance.detection.vocabulary import FindingFamily, FindingState
from compliance.registry.models import Organisation, Service
from compliance.reporting.numbers import day_of, list_of, moment_of, percentage, tenths, whole
from compliance.reporting.review.review import OTHER_FAMILY
from compliance.reporting.review.sample_sentences import agreement_sentence, share_sentence, unknown_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.reporting.review.reviewed import Review


@dataclass(frozen=True, slots=True)
class ReviewTable:
    """A table: what it is about, its columns, its rows; the first column holds names, the others figures."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReviewSection:
    """A heading, sentences and at most one table under it."""

    heading: str
    sentences: tuple[str, ...]
    table: ReviewTable | None = None

    @property
    def rows(self) -> list[list[tuple[str, str]]]:
        """The rows of the table, each cell with the heading of its column."""
        table = self.table
        return [list(zip(table.columns, row, strict=True)) for row in table.rows] if table else []


@dataclass(frozen=True, slots=True)
class PresentedReview:
    """The report in words."""

    title: str
    period: str
    language: str
    summary: tuple[str, ...]
    sections: tuple[ReviewSection, ...]
    foot: str


def present_review(review: Review, language: str) -> PresentedReview:
    """Put the figures into words of the language that is active, which is ``language``."""
    period = _("%(since)s to %(until)s") % {
        "since": day_of(review.since, language),
        "until": day_of(review.until, language),
    }
    return PresentedReview(
        title=_("Review of access"),
        period=period,
        language=language,
        summary=tuple(_summary(review, language)),
        sections=(
            _cases(review, language),
            _samples(review, language),
            _questions(review, language),
            _breaches(review, language),
            _keeping(review, language),
        ),
        foot=_(
            "Findings and cases serve the finding of unlawful access only. Nobody's work is measured by them, and no "
            "measure follows from them by itself. Each step is an entry of the ledger, which can be proved."
        ),
    )


def _summary(review: Review, language: str) -> Iterable[str]:
    if review.controllers:
        yield _("Controller: %(names)s.") % {"names": list_of(review.controllers, language)}
    yield ngettext(
        "One exchange was recorded in production, and looked at by every detector.",
        "%(count)s exchanges were recorded in production, and looked at by every detector.",
        review.exchanges,
    ) % {"count": whole(review.exchanges, language)}
    opened, decided = sum(one.opened for one in review.cases), sum(one.decided for one in review.cases)
    yield _(
        "%(opened)s cases were opened and %(decided)s decided; %(open)s are open, of which %(late)s past their term."
    ) % {
        "opened": whole(opened, language),
        "decided": whole(decided, language),
        "open": whole(sum(one.open_at_end for one in review.cases), language),
        "late": whole(sum(one.overdue_at_end for one in review.cases), language),
    }
    if review.days:
        yield _("On %(active)s of %(days)s working days (%(share)s) somebody reviewed access.") % {
            "active": whole(review.active_days, language),
            "days": whole(review.days, language),
            "share": percentage(Fraction(review.active_days, review.days), language),
        }


def _cases(review: Review, language: str) -> ReviewSection:
    sentences = []
    found = review.findings
    if found:
        sentences.append(
            _(
                "Detectors found %(all)s things: %(raised)s became part of a case, %(below)s stayed under the line "
                "and are kept, %(suppressed)s were expected by an earlier decision."
            )
            % {
                "all": whole(sum(found.values()), language),
                "raised": whole(found.get(FindingState.RAISED, 0), language),
                "below": whole(found.get(FindingState.BELOW, 0), language),
                "suppressed": whole(found.get(FindingState.SUPPRESSED, 0), language),
            }
        )
    if review.by_two:
        sentences.append(
            ngettext(
                "One decision was confirmed by a second person.",
                "%(count)s decisions were confirmed by a second person.",
                review.by_two,
            )
            % {"count": whole(review.by_two, language)}
        )
    if review.reopened:
        sentences.append(
            ngettext("One case was opened again.", "%(count)s cases were opened again.", review.reopened)
            % {"count": whole(review.reopened, language)}
        )
    if not review.cases:
        return ReviewSection(_("Cases"), (*sentences, _("There were no cases.")))
    outcomes = [outcome for outcome in Outcome if any(one.outcomes.get(outcome) for one in review.cases)]
    columns = (
        _("about"),
        _("opened"),
        _("decided"),
        *(str(outcome.label) for outcome in outcomes),
        _("hours to a decision"),
        _("decided late"),
        _("open"),
    )
    rows = tuple(
        (
            family_words(one.family),
            whole(one.opened, language),
            whole(one.decided, language),
            *(whole(one.outcomes.get(outcome, 0), language) for outcome in outcomes),
            tenths(one.hours, language) if one.hours is not None else "",
            whole(one.late, language),
            whole(one.open_at_end, language),
        )
        for one in review.cases
    )
    return ReviewSection(
        _("Cases"), tuple(sentences), ReviewTable(_("Cases, and how they were decided"), columns, rows)
    )


def family_words(family: str) -> str:
    """Name a family of cases."""
    if family == OTHER_FAMILY:
        return _("the service itself")
    if family == CaseKind.SAMPLE:
        return _("samples")
    return str(FindingFamily(family).label)


def _samples(review: Review, language: str) -> ReviewSection:
    found, heading = review.samples, _("Samples")
    if not review.sample_months:
        return ReviewSection(heading, (_("No sample was drawn in this period."),))
    sentences = [
        _(
            "%(drawn)s exchanges were drawn at random, of %(months)s months, by a seed that the ledger's head of a "
            "stated day fixed; %(done)s of %(turns)s reviews are done."
        )
        % {
            "drawn": whole(found.drawn, language),
            "months": whole(review.sample_months, language),
            "done": whole(found.done, language),
            "turns": whole(found.turns, language),
        },
        share_sentence(found, language),
        unknown_sentence(found, language),
        agreement_sentence(found, language),
    ]
    organisations = {one.code: one.name for one in Organisation.objects.all()}
    services = {one.code: one.name for one in Service.objects.all()}
    rows = tuple(
        (
            _("%(partner)s: %(service)s")
            % {
                "partner": organisations.get(one.partner, one.partner),
                "service": services.get(one.service, one.service),
            },
            whole(one.population, language),
            whole(one.drawn, language),
            whole(one.reviewed, language),
            whole(one.unjustified, language),
        )
        for one in found.strata
    )
    columns = (_("partner and service"), _("exchanges"), _("drawn"), _("reviewed"), _("not justified"))
    table = ReviewTable(_("Samples by partner and service"), columns, rows)
    return ReviewSection(heading, tuple(filter(None, sentences)), table)


def _questions(review: Review, language: str) -> ReviewSection:
    heading = _("Questions to partners")
    if not review.questions:
        return ReviewSection(heading, (_("No partner was asked anything."),))
    organisations = {one.code: one.name for one in Organisation.objects.all()}
    rows = tuple(
        (
            organisations.get(one.partner, one.partner),
            whole(one.asked, language),
            whole(one.answered, language),
            whole(one.in_time, language),
            whole(one.overdue, language),
        )
        for one in review.questions
    )
    columns = (_("partner"), _("asked"), _("answered"), _("in time"), _("past the term, no answer"))
    return ReviewSection(heading, (), ReviewTable(heading, columns, rows))


def _breaches(review: Review, language: str) -> ReviewSection:
    heading = _("Data breaches (GDPR, art. 33)")
    if not review.breaches:
        return ReviewSection(heading, (_("No data breach was found."),))
    rows = []
    for one in review.breaches:
        if one.notified_at is not None:
            in_time = _("within 72 hours") if one.notified_at <= one.due_at else _("later than 72 hours")
            end = f"{moment_of(one.notified_at, language)}, {in_time}"
        else:
            end = str(BreachEnd(one.end).label) if one.end else _("the clock runs")
        rows.append((one.case, moment_of(one.aware_at, language), end))
    columns = (_("case"), _("known since"), _("notified"))
    return ReviewSection(heading, (), ReviewTable(heading, columns, tuple(rows)))


def _keeping(review: Review, language: str) -> ReviewSection:
    sentences = [
        _(
            "%(made)s suppressions were made for what is expected; %(standing)s hold at the end of the period, each "
            "until a stated day."
        )
        % {
            "made": whole(review.suppressions, language),
            "standing": whole(review.suppressions_in_force, language),
        },
        ngettext(
            "One change of a detector came in force, after a trial and by two people.",
            "%(count)s changes of detectors came in force, each after a trial and by two people.",
            review.detector_changes,
        )
        % {"count": whole(review.detector_changes, language)},
    ]
    sentences += [
        _("From %(day)s the officers take %(cases)s new cases a day.")
        % {"day": day_of(day, language), "cases": whole(cases, language)}
        for day, cases in review.budgets
    ]
    return ReviewSection(_("How detection was kept"), tuple(sentences))
