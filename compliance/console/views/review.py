"""How access was reviewed in a period, on screen and as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from compliance.access.roles import Capability
from compliance.console.door import CONSOLE
from compliance.console.page import page
from compliance.console.presenters import words
from compliance.console.reader import reader_of
from compliance.console.review_form import ReviewForm
from compliance.console.screen import screen
from compliance.kernel.clock import now
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind
from compliance.reporting.review.present_review import present_review
from compliance.reporting.review.review import review_of
from compliance.reporting.review.review_pdf import review_pdf

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
@screen(Capability.SEE_CASES)
def review(request: HttpRequest) -> HttpResponse:
    """Show the review of a period."""
    form = ReviewForm(request.GET)
    since, until = form.period
    query = {"from": str(since), "until": str(until)}
    return page(
        request,
        "pages/review.html",
        review=present_review(review_of(since=since, until=until), words.language()),
        form=form,
        pdf=CONSOLE.address("review-pdf", query=query),
    )


@require_safe
@screen(Capability.SEE_CASES)
def pdf(request: HttpRequest) -> HttpResponse:
    """Hand the review of a period out as PDF; that is recorded first."""
    since, until = ReviewForm(request.GET).period
    told = present_review(review_of(since=since, until=until), words.language())
    details = {"report": "review", "from": str(since), "until": str(until)}
    record_act(actor=reader_of(request).actor, kind=ActKind.REPORT_EXPORTED, details=details)
    answer = HttpResponse(review_pdf(told, at=now()), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="review-{since}-{until}.pdf"'
    return answer
