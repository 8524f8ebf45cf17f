"""How many new cases a day."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from compliance.access.roles import Capability
from compliance.cases.budget.models import DetectionBudget
from compliance.cases.budget.queries import budget_now
from compliance.cases.budget.set_budget import set_budget
from compliance.console.cases.forms import Told
from compliance.console.desks.case_act import tell_form
from compliance.console.page import page
from compliance.console.presenters import words
from compliance.console.presenters.cases.words import FAMILY_WORDS
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.detection.detectors.finding import Family
from compliance.kernel.errors import ForbiddenError, InvalidInputError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.detection.triage.line import Budget

_NUMBER = {"class": "input input--number", "inputmode": "numeric"}
_WHOLE = 100


class BudgetForm(forms.Form):
    """Cases a day, the part of each family as a percentage, and why."""

    cases_a_day = forms.IntegerField(
        label=gettext_lazy("New cases a day"), min_value=1, widget=forms.NumberInput(attrs=_NUMBER)
    )
    reason = Told(gettext_lazy("Reason"), gettext_lazy("Why this many. It is kept with your name."), rows=2)

    def __init__(self, *args: Any, standing: Budget, **options: Any) -> None:
        """Begin with what holds now."""
        super().__init__(*args, **{"auto_id": "budget-%s", "initial": {"cases_a_day": standing.cases}, **options})
        reason = self.fields.pop("reason")
        for family in Family:
            self.fields[family.value] = forms.IntegerField(
                label=_("Part for %(what)s, in percent") % {"what": FAMILY_WORDS[family]},
                min_value=0,
                max_value=_WHOLE,
                initial=round(standing.shares.get(family, 0.0) * _WHOLE),
                widget=forms.NumberInput(attrs=_NUMBER),
            )
        self.fields["reason"] = reason

    def clean(self) -> dict[str, Any]:
        """Ask parts that together are the whole."""
        given = super().clean() or {}
        together = sum(given.get(family.value) or 0 for family in Family)
        if not self.errors and together != _WHOLE:
            self.add_error(None, _("Together the parts are 100%%, not %(sum)s%%.") % {"sum": together})
        return given


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_CASES)
def budget(request: HttpRequest) -> HttpResponse:
    """Show the budget and what it was before; set it."""
    account, standing = reader_of(request), budget_now()
    may_set = account.may(Capability.KEEP_DETECTORS)
    form = BudgetForm(request.POST if request.method == "POST" else None, standing=standing)
    if request.method == "POST":
        if not may_set:
            raise ForbiddenError
        if form.is_valid():
            try:
                given = form.cleaned_data
                set_budget(
                    account=account,
                    cases_a_day=given["cases_a_day"],
                    shares={family: given[family.value] / _WHOLE for family in Family},
                    reason=given["reason"],
                )
            except InvalidInputError as error:
                tell_form(form, error)
            else:
                return redirect("case-budget")
    return page(
        request,
        "pages/case-budget.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
        form=form if may_set else None,
        cases=words.figure(standing.cases),
        parts=[(str(FAMILY_WORDS[family]), f"{round(standing.shares.get(family, 0) * _WHOLE)}%") for family in Family],
        history=[
            (
                words.figure(one.cases_a_day),
                _("%(who)s, %(moment)s") % {"who": one.by, "moment": words.moment(one.at)},
                one.reason,
            )
            for one in DetectionBudget.objects.all()[:20]
        ],
    )
