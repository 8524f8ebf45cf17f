"""Samples: all months, one month, one exchange to judge, and handing over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.access.models import Account
from compliance.access.roles import Capability
from compliance.cases.samples.announce import announce as announce_sample
from compliance.cases.samples.hand_over import hand_over as hand_turns_over
from compliance.cases.samples.review import review as review_exchange
from compliance.console.connection_forms import refuse
from compliance.console.desks.samples import sample_of, show_item, show_sample, show_samples, turn_of
from compliance.console.door import CONSOLE
from compliance.console.reader import reader_of
from compliance.console.sample_forms import AnnounceForm, HandOverForm, JudgementForm
from compliance.console.screen import screen
from compliance.kernel.errors import InvalidInputError, NotFoundError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.cases.samples.models import SampleDraw


@require_safe
@screen(Capability.SEE_SAMPLES)
def samples(request: HttpRequest) -> HttpResponse:
    """Show the samples of all months."""
    return show_samples(request, form=AnnounceForm())


@require_POST
@screen(Capability.SEE_SAMPLES, Capability.REVIEW_SAMPLES)
def announce(request: HttpRequest) -> HttpResponse:
    """Announce the sample of a month."""
    form = AnnounceForm(request.POST)
    if not form.is_valid():
        return show_samples(request, form=form)
    announce_sample(month=form.cleaned_data["month"], actor=reader_of(request).actor)
    return redirect(CONSOLE.address("samples"))


@require_safe
@screen(Capability.SEE_SAMPLES)
def sample(request: HttpRequest, month: str) -> HttpResponse:
    """Show the sample of one month."""
    return show_sample(request, draw=sample_of(month))


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_SAMPLES, Capability.REVIEW_SAMPLES)
def review(request: HttpRequest, month: str, number: int) -> HttpResponse:
    """Show one exchange to its reviewer, and keep the judgement; then the next."""
    draw = sample_of(month)
    turn = turn_of(draw, number=number, account=reader_of(request))
    form = JudgementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            review_exchange(month=draw.month, number=number, account=reader_of(request), **form.cleaned_data)
        except InvalidInputError as error:
            refuse(form, error)
        else:
            return redirect(_next_of(draw, reader_of(request)))
    return show_item(request, draw=draw, turn=turn, form=form)


@require_POST
@screen(Capability.SEE_SAMPLES, Capability.REVIEW_SAMPLES)
def hand_over(request: HttpRequest, month: str) -> HttpResponse:
    """Give what a reviewer has left to another."""
    draw = sample_of(month)
    form = HandOverForm(request.POST)
    reviewer = Account.objects.filter(username=request.POST.get("reviewer", "")).first()
    if reviewer is None or not form.is_valid():
        raise NotFoundError
    to = Account.objects.get(username=form.cleaned_data["to"])
    hand_turns_over(draw=draw, reviewer=reviewer, to=to, account=reader_of(request))
    return redirect(CONSOLE.address("sample", month))


def _next_of(draw: SampleDraw, account: Account) -> str:
    """Return where the reviewer goes on: the next exchange, or the page of the month when none is left."""
    month = f"{draw.month:%Y-%m}"
    left = draw.items.filter(turns__reviewer=account, turns__review=None).values_list("number", flat=True)
    following = left.order_by("number").first()
    return CONSOLE.address("sample", month) if following is None else CONSOLE.address("sample-review", month, following)
