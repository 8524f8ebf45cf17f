"""Write a request, step by step; each step is saved as one goes."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compliance.access.roles import Capability
from compliance.authorisations.requests.content import part_of
from compliance.authorisations.requests.parties import request_for
from compliance.authorisations.requests.states import EDITABLE
from compliance.authorisations.requests.vocabulary import Section
from compliance.console.page import fragment, page
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.kernel.clock import BRUSSELS, now
from compliance.kernel.errors import NotFoundError
from compliance.portal.presenters.request_edit import present_growing, present_step
from compliance.portal.request_forms import FORMS
from compliance.portal.request_forms.choices import Register
from compliance.portal.save_step import save_step

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.portal.request_forms.base import SectionForm
    from compliance.portal.save_step import Saved


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_OWN_REQUESTS, Capability.MAKE_REQUESTS)
def section(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Show a step, or save it: the whole page, or with htmx only what grows beside the form."""
    asked = request_for(reader_of(request), code)
    if name not in Section.values:
        raise NotFoundError
    step = Section(name)
    if asked.state not in EDITABLE:
        return redirect("portal-request", asked.code)
    at = now()
    register = Register(at.astimezone(BRUSSELS).date())
    standing = part_of(asked.said, step)
    if request.method != "POST":
        form = FORMS[step](None, standing=standing, register=register)
        return _page(request, asked, step, form, at)
    form = FORMS[step](request.POST, standing=standing, register=register)
    based_on, take = request.POST.get("based_on", ""), request.POST.get("take", "")
    saved = save_step(
        request=asked, section=step, form=form, account=reader_of(request), based_on=based_on, take=take, at=at
    )
    if request.headers.get("HX-Request"):
        return _growing(request, step, form, saved, based_on, at)
    if saved.is_saved:
        return redirect(_next(request, asked, step))
    return _refused(request, step, form, saved, at)


def _page(
    request: HttpRequest, asked: AuthorisationRequest, step: Section, form: SectionForm, at: datetime
) -> HttpResponse:
    growing = present_growing(request=asked, section=step, at=at)
    shown = present_step(request=asked, section=step, form=form, growing=growing, at=at)
    return page(request, "pages/request-edit.html", step=shown, form=form, growing=growing)


def _refused(request: HttpRequest, step: Section, form: SectionForm, saved: Saved, at: datetime) -> HttpResponse:
    """Show the form as it was typed; after a colleague's save with both texts, to choose from."""
    told = _("Not saved yet: a colleague changed this step meanwhile.") if saved.is_conflict else _("Not saved yet.")
    growing = present_growing(request=saved.request, section=step, at=at, form=form, unsaved=told)
    typed = form.part if saved.is_conflict else None
    shown = present_step(request=saved.request, section=step, form=form, growing=growing, at=at, conflicting=typed)
    status = HTTPStatus.CONFLICT if saved.is_conflict else HTTPStatus.UNPROCESSABLE_ENTITY
    return page(request, "pages/request-edit.html", status=status, step=shown, form=form, growing=growing)


def _growing(
    request: HttpRequest, step: Section, form: SectionForm, saved: Saved, based_on: str, at: datetime
) -> HttpResponse:
    """Answer htmx. What could not be saved keeps what it was based on, so that the button tells the whole story."""
    told = ""
    if saved.is_conflict:
        told = _("Not saved: a colleague changed this step meanwhile. Choose “Save” to see both texts.")
    elif not saved.is_saved:
        told = _("Not saved: see what is wrong.")
    growing = present_growing(
        request=saved.request,
        section=step,
        at=at,
        form=form,
        unsaved=told,
        based_on=None if saved.is_saved else based_on,
    )
    return fragment(request, "components/request-edit-growing.html", growing=growing)


def _next(request: HttpRequest, asked: AuthorisationRequest, step: Section) -> str:
    order = list(Section)
    place = order.index(step)
    match request.POST.get("go"):
        case "on" if place + 1 < len(order):
            return reverse("portal-request-section", args=[asked.code, order[place + 1].value])
        case "on" | "review":
            return reverse("portal-request-review", args=[asked.code])
        case "back" if place:
            return reverse("portal-request-section", args=[asked.code, order[place - 1].value])
        case _:
            return reverse("portal-request-section", args=[asked.code, step.value])
