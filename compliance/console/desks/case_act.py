"""Acts on a case: a form, one verb, and back to the page; and whom it is about, once, for a reason."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import redirect

from compliance.cases.four_eyes import FourEyesError
from compliance.cases.move import case_for, require
from compliance.console.cases.acts import CASE_ACTS
from compliance.console.cases.day_of import evidence_of
from compliance.console.cases.forms import UnmaskForm
from compliance.console.desks.case import exchanges_of, tell_case
from compliance.console.destination import safe_destination
from compliance.console.presenters.cases.evidence import MOST, offered, present_evidence
from compliance.console.presenters.identity import present_identity
from compliance.console.presenters.names import Names
from compliance.console.reader import reader_of
from compliance.exchanges.reveal import reveal
from compliance.kernel.errors import ConflictError, InvalidInputError, NotFoundError

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

    from compliance.console.door import Door


def act_on_case(request: HttpRequest, *, code: str, slug: str, door: Door) -> HttpResponse:
    """Do what a form asks; who comes to the address without one goes to the case."""
    account, act = reader_of(request), CASE_ACTS.get(slug)
    case = case_for(account, code)
    if act is None:
        raise NotFoundError
    address = door.address("case", code)
    if request.method != "POST":
        return redirect(f"{address}#act-{slug}")
    form = act.form(request.POST, auto_id=f"{slug}-%s")
    form.offer(case)
    is_valid = form.is_valid()
    seen = form.cleaned_data.get("seen") or 0
    try:
        require(case, act=act.act, account=account)
        if not is_valid:
            return tell_case(request, case, door=door, bound=form, slug=slug, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        act.verb(case, account, form)
    except InvalidInputError as error:
        tell_form(form, error)
        return tell_case(request, case, door=door, bound=form, slug=slug, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except (ConflictError, FourEyesError) as error:
        if not (seen and case.events.filter(pk__gt=seen, by=account.username).exists()):
            refused = str(error.title)
            fresh = case_for(account, code)
            return tell_case(request, fresh, door=door, bound=form, slug=slug, refused=refused, status=error.status)
    return redirect(safe_destination(request, default=f"{address}?done={slug}"))


def unmask(request: HttpRequest, *, code: str, door: Door) -> HttpResponse:
    """Reveal, once, whom the chosen exchanges are about and who asked, to somebody who says why."""
    account = reader_of(request)
    case = case_for(account, code)
    if request.method != "POST":
        return redirect(f"{door.address('case', code)}#identity")
    names = Names()
    evidence = evidence_of(case)[:MOST]
    rows = present_evidence(exchanges_of(evidence), names=names, door=door)
    form = UnmaskForm(request.POST, offered=offered(rows, evidence), code=code)
    if not form.is_valid():
        return tell_case(request, case, door=door, unmasking=form)
    chosen = set(form.cleaned_data["exchanges"])
    shown = []
    for row, identifier in ((row, one) for row in rows for one in evidence if str(one) == row.identifier):
        if row.identifier in chosen:
            revealed = reveal(exchange_id=identifier, actor=account.actor, reason=form.cleaned_data["reason"])
            shown.append((row.moment, row.address, present_identity(revealed)))
    return tell_case(request, case, door=door, identities=shown)


def tell_form(form: forms.Form, error: InvalidInputError) -> None:
    """Put each error beside the field that it is about, or above the form."""
    for one in error.errors:
        name = one.pointer.rpartition("/")[2]
        form.add_error(name if name in form.fields else None, one.detail)
