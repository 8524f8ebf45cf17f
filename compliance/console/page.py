"""Render a page inside the frame that all screens share."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import render

from compliance.console.presenters.frame import present_frame
from compliance.console.presenters.problem import present_problem

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.kernel.errors import ComplianceError


def page(request: HttpRequest, template: str, *, status: int = HTTPStatus.OK, **context: object) -> HttpResponse:
    """Return the page of a template; its words come from presenters."""
    return render(request, template, {"frame": present_frame(request), **context}, status=status)


def fragment(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    """Return a part of a page, without the frame, for htmx."""
    return render(request, template, context)


def problem(request: HttpRequest, error: ComplianceError) -> HttpResponse:
    """Return the page that says what went wrong and what to do."""
    return page(request, "pages/problem.html", status=error.status, problem=present_problem(error))
