"""Samples, as the console shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.access.roles import Capability
from compliance.cases.samples.models import SampleDraw, SampleTurn
from compliance.console.door import CONSOLE
from compliance.console.page import page
from compliance.console.presenters.exchange import present_exchange
from compliance.console.presenters.names import Names
from compliance.console.presenters.samples import present_sample, present_samples
from compliance.console.reader import reader_of
from compliance.console.sample_forms import HandOverForm, read_month
from compliance.exchanges.existing import corrected_by
from compliance.exchanges.models import Exchange
from compliance.exchanges.read_leaf import read_leaf
from compliance.kernel.errors import ConflictError, NotFoundError
from compliance.ledger.logs import LogNumber
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.access.models import Account
    from compliance.console.sample_forms import AnnounceForm, JudgementForm


def sample_of(month: str) -> SampleDraw:
    """Return the sample of a month written as ``2026-11``. Raises :class:`NotFoundError`."""
    first = read_month(month)
    draw = None if first is None else SampleDraw.objects.filter(month=first).first()
    if draw is None:
        raise NotFoundError
    return draw


def turn_of(draw: SampleDraw, *, number: int, account: Account) -> SampleTurn:
    """Return the reader's turn to judge an exchange.

    Raises :class:`NotFoundError` where it is not theirs, and :class:`ConflictError` where they judged it before.
    """
    turns = SampleTurn.objects.select_related("item", "review").filter(item__draw=draw, reviewer=account)
    turn = turns.filter(item__number=number).first()
    if turn is None:
        raise NotFoundError
    if hasattr(turn, "review"):
        message = "You judged this exchange before. What was judged stays as it is."
        raise ConflictError(message)
    return turn


def show_samples(request: HttpRequest, *, form: AnnounceForm) -> HttpResponse:
    """Show all months."""
    return page(
        request,
        "pages/samples.html",
        rows=present_samples(list(SampleDraw.objects.all()), door=CONSOLE),
        form=form if reader_of(request).may(Capability.REVIEW_SAMPLES) else None,
        announcing=CONSOLE.address("sample-announce"),
    )


def show_sample(request: HttpRequest, *, draw: SampleDraw) -> HttpResponse:
    """Show one month."""
    account = reader_of(request)
    turns = list(SampleTurn.objects.select_related("item", "review", "reviewer").filter(item__draw=draw))
    turns.sort(key=lambda turn: turn.item.number)
    reviewers = {turn.reviewer for turn in turns if not hasattr(turn, "review")}
    return page(
        request,
        "pages/sample.html",
        sample=present_sample(
            draw,
            turns=[turn for turn in turns if turn.reviewer == account],
            all_turns=turns,
            names=Names(),
            door=CONSOLE,
        ),
        forms=[HandOverForm(reviewer=one) for one in sorted(reviewers, key=lambda one: one.username)]
        if account.may(Capability.REVIEW_SAMPLES)
        else [],
        handing_over=CONSOLE.address("sample-hand-over", f"{draw.month:%Y-%m}"),
    )


def show_item(request: HttpRequest, *, draw: SampleDraw, turn: SampleTurn, form: JudgementForm) -> HttpResponse:
    """Record the look, and show the exchange without what detectors or others found of it."""
    exchange = Exchange.objects.get(log=LogNumber.EXCHANGES, id=turn.item.exchange)
    record_act(actor=reader_of(request).actor, kind=ActKind.EXCHANGE_READ, object_id=exchange.id)
    left = draw.items.filter(turns__reviewer=reader_of(request), turns__review=None).count()
    return page(
        request,
        "pages/sample-review.html",
        exchange=present_exchange(
            exchange=exchange,
            leaf=read_leaf(exchange_id=exchange.id),
            corrected_by=corrected_by([exchange.id]).get(exchange.id),
            names=Names(),
            door=CONSOLE,
        ),
        form=form,
        left=left,
        back=CONSOLE.address("sample", f"{draw.month:%Y-%m}"),
        number=turn.item.number,
    )
