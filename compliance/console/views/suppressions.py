"""What was decided to be expected, and its end."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django import forms
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from compliance.access.roles import Capability
from compliance.cases.suppressions.end_suppression import end_suppression
from compliance.cases.suppressions.models import Suppression
from compliance.console.cases.forms import Told
from compliance.console.desks.case_act import tell_form
from compliance.console.door import CONSOLE
from compliance.console.page import page
from compliance.console.presenters.cases.suppressions import present_suppressions
from compliance.console.presenters.names import Names
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.kernel.clock import now
from compliance.kernel.errors import InvalidInputError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

GONE_SHOWN = 50


class EndForm(forms.Form):
    """Why it is expected no longer."""

    reason = Told(gettext_lazy("Why it ends now"), rows=2)


@require_safe
@screen(Capability.SEE_CASES)
def suppressions(request: HttpRequest) -> HttpResponse:
    """List them: those that stand by their end, then those that are gone."""
    return _tell(request)


@require_POST
@screen(Capability.SEE_CASES, Capability.DECIDE_CASES)
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End one before its day."""
    form = EndForm(request.POST, auto_id=f"end-{uid}-%s")
    if form.is_valid():
        try:
            end_suppression(uid=uid, account=reader_of(request), reason=form.cleaned_data["reason"])
        except InvalidInputError as error:
            tell_form(form, error)
        else:
            return redirect("suppressions")
    return _tell(request, bound=form, of=uid, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _tell(
    request: HttpRequest, *, bound: EndForm | None = None, of: UUID | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    names, at = Names(), now()
    all_of_them = Suppression.objects.select_related("case")
    standing = present_suppressions(all_of_them.standing(at).order_by("ends_on"), at=at, names=names, door=CONSOLE)
    gone = all_of_them.gone(at).order_by("-ends_on")[:GONE_SHOWN]
    may_end = reader_of(request).may(Capability.DECIDE_CASES)
    return page(
        request,
        "pages/suppressions.html",
        status=status,
        standing=[
            (row, (bound if row.uid == str(of) else EndForm(auto_id=f"end-{row.uid}-%s")) if may_end else None)
            for row in standing
        ],
        gone=present_suppressions(gone, at=at, names=names, door=CONSOLE),
    )
