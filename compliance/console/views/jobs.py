"""What runs in the background, and whether it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from compliance.access.roles import Capability
from compliance.console.operations import operations
from compliance.console.page import page
from compliance.console.presenters.health import present_health
from compliance.console.presenters.jobs import present_jobs
from compliance.console.screen import screen
from compliance.jobs.queues import waiting_jobs
from compliance.jobs.standing import job_standings

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_JOBS)
def jobs(request: HttpRequest) -> HttpResponse:
    """Show every job, every follower, and what waits."""
    return page(
        request,
        "pages/jobs.html",
        jobs=present_jobs(job_standings(), waiting_jobs()),
        health=present_health(operations()),
    )
