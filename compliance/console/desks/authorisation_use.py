"""What an authorisation allows beside what was done under it, as both doors show it; and drafting its amendment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect

from compliance.authorisations.models import Authorisation
from compliance.authorisations.requests.draft_amendment import draft_amendment, may_amend
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.console.page import page
from compliance.console.presenters.authorisation_use import present_use
from compliance.console.presenters.names import Names
from compliance.console.presenters.use_amendment import present_drafted
from compliance.console.reader import reader_of
from compliance.console.use_form import AmendmentForm, UseForm
from compliance.kernel.clock import now
from compliance.kernel.errors import NotFoundError
from compliance.registry.models import Organisation
from compliance.reporting.authorisation_use.amended import amended
from compliance.reporting.authorisation_use.comparison import use_of_version

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from compliance.console.door import Door
    from compliance.reporting.authorisation_use.comparison import UseOfVersion


def show_use(request: HttpRequest, *, code: str, door: Door, party: str = "") -> HttpResponse:
    """Show the use of one authorisation in a quarter; ``party`` is the one partner that the reader may see."""
    return _show(request, code=code, door=door, party=party, form=AmendmentForm())


def draft_from_use(request: HttpRequest, *, code: str, door: Door, party: str = "") -> HttpResponse:
    """Draft the amendment that was chosen, and show it, or where it waits."""
    form = AmendmentForm(request.POST)
    if not form.is_valid():
        return _show(request, code=code, door=door, party=party, form=form, status=400)
    at, account = now(), reader_of(request)
    use, authorisation = _use(request, code=code, party=party, at=at)
    terms = use.changed(leave_out=form.cleaned_data["leave_out"], add=form.cleaned_data["add"])
    organisation = Organisation.objects.filter(code__in=use.terms.recipients).first()
    if organisation is None:
        raise NotFoundError
    content = amended(authorisation=authorisation, organisation=organisation, terms=terms, at=at)
    drafted = draft_amendment(authorisation=authorisation, content=content, account=account)
    if party:
        return redirect(door.address("request", drafted.code))
    return redirect(
        door.address("authorisation-use", code, query={**UseForm(request.GET).query, "drafted": drafted.code})
    )


def _show(
    request: HttpRequest, *, code: str, door: Door, party: str, form: AmendmentForm, status: int = 200
) -> HttpResponse:
    use, authorisation = _use(request, code=code, party=party, at=now())
    partner = party or UseForm(request.GET).asked_partner
    reader = reader_of(request)
    shown = present_use(
        use=use,
        authorisation=authorisation,
        names=Names(),
        door=door,
        partner=partner,
        locked=bool(party),
        may_amend=may_amend(reader, recipients=use.terms.recipients),
    )
    drafted = present_drafted(_drafted(request))
    return page(request, "pages/authorisation-use.html", status=status, use=shown, form=form, drafted=drafted)


def _drafted(request: HttpRequest) -> AuthorisationRequest | None:
    """Return the draft that this reader just made."""
    code = request.GET.get("drafted", "")
    made = AuthorisationRequest.objects.filter(code=code, made_by=reader_of(request)).select_related("organisation")
    return made.first() if code else None


def _use(request: HttpRequest, *, code: str, party: str, at: datetime) -> tuple[UseOfVersion, Authorisation]:
    """Read what the address asks. Raises :class:`NotFoundError` for what the party may not see, as for nothing."""
    asked = UseForm(request.GET)
    authorisation = Authorisation.objects.filter(code=code).first()
    if authorisation is None:
        raise NotFoundError
    use = use_of_version(
        authorisation=code,
        at=at,
        quarter=asked.asked_quarter,
        number=asked.asked_version,
        partner=party or asked.asked_partner,
    )
    return use, authorisation
