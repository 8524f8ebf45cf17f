"""Try reports out before a system sends them: nothing is recorded."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from compliance.access.roles import Capability
from compliance.connecting.self_test.example import example_for
from compliance.connecting.self_test.run_self_test import run_self_test
from compliance.connecting.self_test.samples import MOST_SAMPLES, without_numbers
from compliance.connecting.self_test.tester import person_as_tester
from compliance.console.page import page
from compliance.console.presenters.names import Names
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.kernel.clock import now
from compliance.kernel.errors import InvalidInputError, TooLargeError
from compliance.portal.own import PORTAL
from compliance.portal.presenters.self_test import present_self_test
from compliance.portal.self_test_form import SelfTestForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.connecting.self_test.tester import Tester


@sensitive_post_parameters("samples")
@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_OWN_CONNECTION)
def self_test(request: HttpRequest) -> HttpResponse:
    """Ask for samples; say what would be answered."""
    tester = person_as_tester(reader_of(request), at=now())
    if request.method != "POST":
        return _show(request, tester, SelfTestForm(initial=_sample(request, tester), auto_id="self-test-%s"))
    form, result = SelfTestForm(request.POST, request.FILES, auto_id="self-test-%s"), None
    if form.is_valid():
        try:
            result = present_self_test(run_self_test(octets=form.octets, tester=tester), Names())
        except TooLargeError:
            form.add_error("samples", _("Send at most %(count)s samples at a time.") % {"count": MOST_SAMPLES})
        except InvalidInputError:
            form.add_error("samples", _("This is not JSON. Check quotes, commas and brackets."))
    # What was typed comes back, but for numbers that could be somebody's.
    form.data = {"samples": without_numbers(request.POST.get("samples", ""))}
    return _show(request, tester, form, result=result)


def _show(request: HttpRequest, tester: Tester, form: SelfTestForm, *, result: object = None) -> HttpResponse:
    names = Names()
    return page(
        request,
        "pages/self-test.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
        form=form,
        result=result,
        here=PORTAL.address("self-test"),
        back=PORTAL.address("connections"),
        examples=[
            (names.organisation(code), PORTAL.address("self-test", query={"sample": code}))
            for code in sorted(tester.acts_for)
        ],
        no_example="sample" in request.GET and not form.initial,
    )


def _sample(request: HttpRequest, tester: Tester) -> dict[str, str]:
    """Return a correct sample of an organisation that the reader acts for; nothing where there can be none."""
    code = request.GET.get("sample", "")
    if code not in tester.acts_for:
        return {}
    vendor = "" if code == tester.organisation else tester.organisation
    fields = example_for(code, vendor=vendor, at=now())
    return {"samples": json.dumps({"producer": code, **fields}, indent=2)} if fields else {}
