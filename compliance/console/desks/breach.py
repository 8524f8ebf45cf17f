"""A data breach at the desk: read, written, notified; and whom to inform, once, for a reason."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect

from compliance.cases.breaches.content import Notification, read_notification
from compliance.cases.breaches.end_breach import mark_not_needed, mark_notified
from compliance.cases.breaches.models import Breach
from compliance.cases.breaches.persons import persons_to_inform
from compliance.cases.breaches.propose_notification import propose_notification
from compliance.cases.breaches.save_draft import save_draft
from compliance.cases.breaches.vocabulary import Authority
from compliance.cases.move import case_for
from compliance.console.cases.breach_forms import NotificationForm, NotifiedForm, NotNeededForm, PersonsForm
from compliance.console.desks.case_act import tell_form
from compliance.console.page import page
from compliance.console.presenters.cases.breach import persons_csv, present_breach, present_persons
from compliance.console.presenters.names import Names
from compliance.console.reader import reader_of
from compliance.kernel.clock import now
from compliance.kernel.errors import InvalidInputError, NotFoundError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind
from compliance.reporting.breaches.notification_pdf import notification_pdf

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest

    from compliance.access.models import Account
    from compliance.console.door import Door
    from compliance.console.presenters.cases.breach import PersonLine

DRAFT, NOTIFIED, NOT_NEEDED, PERSONS = "draft", "notified", "not-needed", "persons"


def show_breach(request: HttpRequest, *, code: str, door: Door) -> HttpResponse:
    """Record the look, and show the breach of a case. Raises :class:`NotFoundError`, also where there is none."""
    account = reader_of(request)
    breach = _breach(account, code)
    record_act(actor=account.actor, kind=ActKind.CASE_READ, object_id=breach.case.uid)
    return _tell(request, breach, door=door)


def give_pdf(request: HttpRequest, *, code: str) -> HttpResponse:
    """Record it, and give the last version as PDF. Raises :class:`NotFoundError`, also where none was kept."""
    account = reader_of(request)
    breach = _breach(account, code)
    draft = breach.drafts.last()
    if draft is None:
        raise NotFoundError
    details = {"case": code, "version": str(draft.number)}
    record_act(actor=account.actor, kind=ActKind.REPORT_EXPORTED, object_id=breach.uid, details=details)
    answer = HttpResponse(notification_pdf(draft), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{code}-{draft.number}.pdf"'
    return answer


def act_on_breach(request: HttpRequest, *, code: str, slug: str, door: Door) -> HttpResponse:
    """Keep a version, or stop the clock; nothing typed is lost."""
    account = reader_of(request)
    breach = _breach(account, code)
    address = door.address("breach", code)
    if request.method != "POST":
        return redirect(f"{address}#{slug}")
    form = _form(slug, request, breach)
    if form is None:
        raise NotFoundError
    if form.is_valid():
        try:
            _act(form, breach, account)
        except InvalidInputError as error:
            tell_form(form, error)
        else:
            return redirect(f"{address}?done={slug}")
    return _tell(request, breach, door=door, bound=form, slug=slug, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def list_persons(request: HttpRequest, *, code: str, door: Door) -> HttpResponse:
    """List whom to inform, once, to somebody who says why: on the page, or as a file."""
    account = reader_of(request)
    breach = _breach(account, code)
    if request.method != "POST":
        return redirect(f"{door.address('breach', code)}#persons")
    form = PersonsForm(request.POST, auto_id="persons-%s")
    if not form.is_valid():
        return _tell(request, breach, door=door, bound=form, slug=PERSONS, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    persons = persons_to_inform(breach=breach, account=account, reason=form.cleaned_data["reason"])
    if request.POST.get("as") != "csv":
        return _tell(request, breach, door=door, persons=present_persons(persons))
    response = HttpResponse(persons_csv(persons), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}-persons.csv"'
    return response


def _breach(account: Account, code: str) -> Breach:
    case = case_for(account, code)
    breach = Breach.objects.filter(case=case).order_by("-id").first()
    if breach is None:
        raise NotFoundError
    breach.case = case
    return breach


def _proposed(breach: Breach) -> Notification:
    """Return the last version, or what it says before anybody wrote a word."""
    last = breach.drafts.last()
    return read_notification(last.content) if last else propose_notification(breach)


def _form(slug: str, request: HttpRequest, breach: Breach) -> forms.Form | None:
    match slug:
        case "draft":
            return NotificationForm(request.POST, proposed=_proposed(breach), names=Names())
        case "notified":
            return NotifiedForm(request.POST, auto_id="notified-%s")
        case "not-needed":
            return NotNeededForm(request.POST, auto_id="not-needed-%s")
    return None


def _act(form: forms.Form, breach: Breach, account: Account) -> None:
    given = form.cleaned_data
    match form:
        case NotificationForm():
            save_draft(breach=breach, account=account, notification=form.notification())
        case NotifiedForm():
            mark_notified(
                breach=breach,
                account=account,
                authority=Authority(given["authority"]),
                reference=given["reference"],
                notified_at=given["notified_at"],
            )
        case NotNeededForm():
            mark_not_needed(breach=breach, account=account, reason=given["reason"])


def _tell(
    request: HttpRequest,
    breach: Breach,
    *,
    door: Door,
    bound: forms.Form | None = None,
    slug: str = "",
    persons: tuple[PersonLine, ...] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    names, at = Names(), now()
    proposed = _proposed(breach)
    made = {
        DRAFT: NotificationForm(proposed=proposed, names=names),
        NOTIFIED: NotifiedForm(auto_id="notified-%s"),
        NOT_NEEDED: NotNeededForm(auto_id="not-needed-%s"),
        PERSONS: PersonsForm(auto_id="persons-%s"),
    }
    if bound is not None:
        made[slug] = bound
    return page(
        request,
        "pages/breach.html",
        status=status,
        breach=present_breach(breach, reader_of(request), proposed=proposed, at=at, names=names, door=door),
        draft=made[DRAFT],
        notified=made[NOTIFIED],
        not_needed=made[NOT_NEEDED],
        persons_form=made[PERSONS],
        persons=persons,
        lacks=f"#{slug}" if bound is not None else "",
        done=request.GET.get("done", "") == DRAFT,
    )
