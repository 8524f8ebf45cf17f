"""Finding the exchanges of one person: asked in the body of a request, with a reason, and recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from compliance.access.roles import Capability
from compliance.console.door import CONSOLE
from compliance.console.exchange_page import page_at, position_in
from compliance.console.forms import DOSSIER_REFERENCE, PersonForm
from compliance.console.page import page
from compliance.console.presenters.names import Names
from compliance.console.presenters.person import present_found
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.exchanges.existing import corrected_by
from compliance.exchanges.find import find_by_dossier, find_by_person

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.exchanges.queries import ExchangeQuerySet
    from compliance.kernel.actor import Actor


@sensitive_post_parameters("value")
@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_ALL_EXCHANGES, Capability.REVEAL_IDENTITIES)
def person(request: HttpRequest) -> HttpResponse:
    """Ask whose exchanges are looked for; show them."""
    names = Names()
    if request.method != "POST":
        return page(request, "pages/person.html", form=PersonForm(None, names=names), found=None)
    form = PersonForm(request.POST, names=names)
    if not form.is_valid():
        return page(request, "pages/person.html", form=form, found=None)
    found = page_at(_find(form, reader_of(request).actor), position_in(request.POST))
    corrected = corrected_by([one.id for one in found.exchanges])
    shown = present_found(page=found, form=form, corrected=corrected, names=names, door=CONSOLE)
    return page(request, "pages/person.html", form=form, found=shown)


def _find(form: PersonForm, actor: Actor) -> ExchangeQuerySet:
    kind, value, organisation, reason = (
        form.cleaned_data[name] for name in ("kind", "value", "organisation", "reason")
    )
    if kind == DOSSIER_REFERENCE:
        return find_by_dossier(scope=organisation, reference=value, actor=actor, reason=reason)
    return find_by_person(kind=kind, value=value, actor=actor, reason=reason, scope=organisation)
