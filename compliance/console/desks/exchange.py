"""One exchange, as both doors show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.access.roles import Capability
from compliance.cases.questions.answers_about import answers_about
from compliance.console.cases.explained import flagged
from compliance.console.forms import IdentityForm
from compliance.console.page import page
from compliance.console.presenters.acts import present_acts
from compliance.console.presenters.answers import present_answers
from compliance.console.presenters.cases.flagged import present_flagged
from compliance.console.presenters.exchange import present_exchange
from compliance.console.presenters.identity import present_identity
from compliance.console.presenters.names import Names
from compliance.console.reader import reader_of
from compliance.exchanges.existing import corrected_by
from compliance.exchanges.read_leaf import read_leaf
from compliance.exchanges.reveal import reveal
from compliance.kernel.errors import NotFoundError
from compliance.oversight.act import record_act
from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from compliance.access.models import Account
    from compliance.console.door import Door
    from compliance.console.presenters.cases.flagged import PresentedFlagged
    from compliance.exchanges.models import Exchange
    from compliance.exchanges.queries import ExchangeQuerySet
    from compliance.exchanges.reveal import Revealed

LOOKS_SHOWN = 20


def show_exchange(request: HttpRequest, *, exchange_id: UUID, visible: ExchangeQuerySet, door: Door) -> HttpResponse:
    """Record the look, and tell the exchange. Raises :class:`NotFoundError` when it is not visible."""
    exchange = _find(visible, exchange_id)
    account = reader_of(request)
    looks = _looks(account, exchange_id)
    record_act(actor=account.actor, kind=ActKind.EXCHANGE_READ, object_id=exchange_id)
    return _tell(request, exchange, door=door, looks=looks, form=IdentityForm())


def show_identity(request: HttpRequest, *, exchange_id: UUID, visible: ExchangeQuerySet, door: Door) -> HttpResponse:
    """Reveal whom the exchange is about, once, to somebody who says why."""
    exchange = _find(visible, exchange_id)
    account = reader_of(request)
    looks = _looks(account, exchange_id)
    form = IdentityForm(request.POST)
    if not form.is_valid():
        return _tell(request, exchange, door=door, looks=looks, form=form)
    revealed = reveal(exchange_id=exchange_id, actor=account.actor, reason=form.cleaned_data["reason"])
    return _tell(request, exchange, door=door, looks=looks, form=form, revealed=revealed)


def _find(visible: ExchangeQuerySet, exchange_id: UUID) -> Exchange:
    exchange = visible.filter(id=exchange_id).first()
    if exchange is None:
        raise NotFoundError
    return exchange


def _looks(account: Account, exchange_id: UUID) -> list[Act]:
    """Return who looked before, for those who may know."""
    if not account.may(Capability.SEE_OVERSIGHT):
        return []
    return list(Act.objects.filter(object_id=exchange_id).order_by("-id")[:LOOKS_SHOWN])


def _flagged(exchange: Exchange, account: Account, names: Names, door: Door) -> PresentedFlagged | None:
    """Return what detection knows of it, for those who may see cases."""
    return present_flagged(flagged(exchange), names=names, door=door) if account.may(Capability.SEE_CASES) else None


def _tell(
    request: HttpRequest,
    exchange: Exchange,
    *,
    door: Door,
    looks: list[Act],
    form: IdentityForm,
    revealed: Revealed | None = None,
) -> HttpResponse:
    account, names = reader_of(request), Names()
    correction = corrected_by([exchange.id]).get(exchange.id)
    return page(
        request,
        "pages/exchange.html",
        exchange=present_exchange(
            exchange=exchange, leaf=read_leaf(exchange_id=exchange.id), corrected_by=correction, names=names, door=door
        ),
        form=form,
        identity=present_identity(revealed) if revealed else None,
        may_reveal=account.may(Capability.REVEAL_IDENTITIES),
        answers=present_answers(answers_about(exchange.id, account=account), names=names, door=door),
        may_ask=account.may(Capability.DECIDE_CASES),
        flagged=_flagged(exchange, account, names, door),
        may_see_oversight=account.may(Capability.SEE_OVERSIGHT),
        looks=present_acts(acts=looks, names=names, door=door),
    )
