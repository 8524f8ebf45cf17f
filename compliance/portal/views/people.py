"""The people of the own organisation: who has an account, and what each may do."""

from __future__ import annotations

import smtplib
from typing import TYPE_CHECKING, Any

import structlog
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compliance.access.change_person import change_role, let_in
from compliance.access.invite import invite
from compliance.access.keeping import kept_organisation, other_person, own_people, own_person
from compliance.access.password_link import PasswordLink, mail_password_link, make_password_link
from compliance.access.roles import Capability
from compliance.console.page import page
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.kernel.errors import ConflictError, InvalidInputError
from compliance.portal.forms import InviteForm, RoleForm, StepForm
from compliance.portal.presenters.people import present_people, present_person

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.access.models import Account

log_event = structlog.get_logger(__name__)
FORMS = ("GET", "HEAD", "POST")


@require_safe
@screen(Capability.KEEP_OWN_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """List them."""
    keeper = reader_of(request)
    rows = present_people(own_people(keeper), keeper=keeper)
    return page(request, "pages/people.html", people=rows, organisation=kept_organisation(keeper).name)


@require_http_methods(FORMS)
@screen(Capability.KEEP_OWN_PEOPLE)
def new_person(request: HttpRequest) -> HttpResponse:
    """Invite somebody: make the account, and a link with which its person chooses a password."""
    keeper = reader_of(request)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = invite(keeper=keeper, **form.cleaned_data)
        except (InvalidInputError, ConflictError) as error:
            form.refuse(error)
        else:
            return _link(request, keeper, made.pk, form.cleaned_data["reason"])
    code = kept_organisation(keeper).code.lower()
    return page(request, "pages/person-new.html", form=form, prefix=code)


@require_safe
@screen(Capability.KEEP_OWN_PEOPLE)
def person(request: HttpRequest, number: int) -> HttpResponse:
    """Show one of them, and what can be changed."""
    keeper = reader_of(request)
    return _page(request, keeper, own_person(keeper, number))


@require_http_methods(FORMS)
@screen(Capability.KEEP_OWN_PEOPLE)
def role(request: HttpRequest, number: int) -> HttpResponse:
    """Give another role."""
    keeper = reader_of(request)
    shown = other_person(keeper, number)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": shown.role})
    if request.method == "POST" and form.is_valid():
        change_role(keeper=keeper, number=number, **form.cleaned_data)
        return redirect("portal-person", number)
    heading, act = _("Another role for %(person)s"), _("Give this role")
    return _step(request, keeper, shown, form, heading, act)


@require_http_methods(FORMS)
@screen(Capability.KEEP_OWN_PEOPLE)
def access(request: HttpRequest, number: int) -> HttpResponse:
    """Close an account that is open, or open one that is closed."""
    keeper = reader_of(request)
    shown = other_person(keeper, number)
    form = StepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        let_in(keeper=keeper, number=number, allowed=request.POST.get("wanted") == "open", **form.cleaned_data)
        return redirect("portal-person", number)
    if shown.is_active:
        return _step(request, keeper, shown, form, _("Close the account of %(person)s"), _("Close the account"))
    heading, act = _("Open the account of %(person)s again"), _("Open the account")
    return _step(request, keeper, shown, form, heading, act, wanted="open")


@require_http_methods(FORMS)
@screen(Capability.KEEP_OWN_PEOPLE)
def password_link(request: HttpRequest, number: int) -> HttpResponse:
    """Let a colleague choose a password."""
    keeper = reader_of(request)
    shown = other_person(keeper, number)
    form = StepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _link(request, keeper, number, form.cleaned_data["reason"])
        except ConflictError as error:
            form.refuse(error)
    heading, act = _("A link with which %(person)s chooses a password"), _("Make the link")
    return _step(request, keeper, shown, form, heading, act)


def _link(request: HttpRequest, keeper: Account, number: int, reason: str) -> HttpResponse:
    """Make the link and send it; where there is no mail it is shown, once."""
    link = make_password_link(keeper=keeper, number=number, reason=reason)
    sent = link.mailed and _sent(link)
    row = present_person(link.account, keeper=keeper)
    address = "" if link.mailed else link.address
    return page(request, "pages/password-link.html", person=row, address=address, sent=sent)


def _sent(link: PasswordLink) -> bool:
    try:
        mail_password_link(link)
    except (smtplib.SMTPException, OSError) as error:
        log_event.warning("password_link_not_mailed", account=link.account.pk, error=type(error).__name__)
        return False
    return True


def _page(request: HttpRequest, keeper: Account, shown: Account) -> HttpResponse:
    return page(request, "pages/person-kept.html", person=present_person(shown, keeper=keeper), number=shown.pk)


def _step(
    request: HttpRequest, keeper: Account, shown: Account, form: StepForm, heading: str, act: str, *, wanted: str = ""
) -> HttpResponse:
    row = present_person(shown, keeper=keeper)
    told: dict[str, Any] = {"heading": heading % {"person": row.username}, "act": act, "wanted": wanted}
    return page(request, "pages/step.html", form=form, over=_("People"), back=row.address, **told)
