"""Detectors: all of them, one, and what changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.access.roles import Capability
from compliance.console.desks.detectors import show_detector, show_detectors
from compliance.console.detector_forms import ChangeForm, ProposalForm
from compliance.console.door import CONSOLE
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.detection.tuning.decide import put_in_force, refuse
from compliance.detection.tuning.propose import propose
from compliance.detection.tuning.standing import standing_of
from compliance.detection.tuning.values import detector_of
from compliance.kernel.errors import ConflictError, InvalidInputError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_CASES)
def detectors(request: HttpRequest) -> HttpResponse:
    """Show all detectors."""
    return show_detectors(request)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_CASES)
def detector(request: HttpRequest, name: str) -> HttpResponse:
    """Show one detector; take a proposal to change it."""
    found, account = detector_of(name), reader_of(request)
    form = ProposalForm(request.POST if request.method == "POST" else None, detector=found, standing=standing_of(name))
    if request.method == "POST" and form.is_valid():
        given = {field: form.cleaned_data[field] for field in ("enabled", "since", "until", "reason")}
        try:
            propose(detector=name, parameters=form.parameters, account=account, **given)
        except (ConflictError, InvalidInputError) as error:
            form.refuse(error)
        else:
            return redirect(CONSOLE.address("detector", name))
    return show_detector(request, name, form=form)


@require_POST
@screen(Capability.SEE_CASES, Capability.KEEP_DETECTORS)
def change(request: HttpRequest, name: str, uid: UUID) -> HttpResponse:
    """Put a change in force, or refuse it."""
    form = ChangeForm(request.POST)
    if not form.is_valid():
        proposal = ProposalForm(detector=detector_of(name), standing=standing_of(name))
        return show_detector(request, name, form=proposal, deciding=form)
    verb = put_in_force if "put-in-force" in request.POST else refuse
    verb(uid=uid, reason=form.cleaned_data["reason"], account=reader_of(request))
    return redirect(CONSOLE.address("detector", name))
