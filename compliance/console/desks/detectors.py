"""Detectors, as the console shows them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count

from compliance.access.roles import Capability
from compliance.cases.models import CaseFinding
from compliance.cases.vocabulary import CaseState
from compliance.console.detector_forms import ChangeForm
from compliance.console.door import CONSOLE
from compliance.console.page import page
from compliance.console.presenters.detectors import missed_sentence, present_detector, present_detectors
from compliance.console.presenters.names import Names
from compliance.console.reader import reader_of
from compliance.detection.models import Finding
from compliance.detection.tuning.models import DetectorChange
from compliance.detection.tuning.propose import UNDECIDED
from compliance.detection.tuning.standing import standing_of, standings
from compliance.detection.tuning.values import detector_of
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.console.detector_forms import ProposalForm

PAST = timedelta(days=30)
CHANGES_SHOWN = 20


def show_detectors(request: HttpRequest) -> HttpResponse:
    """Show all detectors, with what they found in the past month."""
    recent = Finding.objects.filter(found_at__gte=now() - PAST).values_list("detector", "state")
    counts = {(detector, state): count for detector, state, count in recent.annotate(count=Count("id"))}
    waiting = DetectorChange.objects.filter(state__in=UNDECIDED)
    return page(
        request,
        "pages/detectors.html",
        rows=present_detectors(standings(), counts, door=CONSOLE),
        waiting=[(CONSOLE.address("detector", one.detector), one.detector) for one in waiting],
    )


def show_detector(
    request: HttpRequest, name: str, *, form: ProposalForm, deciding: ChangeForm | None = None
) -> HttpResponse:
    """Show one detector."""
    detector, account = detector_of(name), reader_of(request)
    changes = list(DetectorChange.objects.filter(detector=name)[:CHANGES_SHOWN])
    waiting = next((one for one in changes if one.state in UNDECIDED), None)
    missed = CaseFinding.objects.select_related("case").filter(
        key__in=waiting.missed if waiting else [], case__state=CaseState.DECIDED
    )
    shown = list(missed[:CHANGES_SHOWN])
    return page(
        request,
        "pages/detector.html",
        detector=present_detector(detector, standing_of(name), changes, shown, names=Names(), door=CONSOLE),
        missed=missed_sentence(missed.count()),
        form=form if account.may(Capability.KEEP_DETECTORS) and waiting is None else None,
        deciding=(deciding or ChangeForm()) if account.may(Capability.KEEP_DETECTORS) else None,
        is_own=waiting is not None and waiting.proposed_by == account.username,
    )
