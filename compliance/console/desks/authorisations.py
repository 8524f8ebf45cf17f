"""Authorisations, as both doors show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.authorisations.models import AuthorisationSuspension, AuthorisationVersion, AuthorisationWithdrawal
from compliance.console.instruments import instruments, names_party
from compliance.console.page import page
from compliance.console.presenters.authorisation import present_authorisation
from compliance.console.presenters.authorisation_list import present_authorisations
from compliance.console.presenters.names import Names
from compliance.kernel.clock import now
from compliance.kernel.errors import NotFoundError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.console.door import Door


def show_authorisations(request: HttpRequest, *, door: Door, party: str = "") -> HttpResponse:
    """List all authorisations, or those that name a party."""
    at = now()
    rows = present_authorisations(instruments=instruments(at=at, party=party), at=at, names=Names(), door=door)
    return page(request, "pages/authorisations.html", rows=rows)


def show_authorisation(request: HttpRequest, *, code: str, number: int, door: Door, party: str = "") -> HttpResponse:
    """Show one version. Raises :class:`NotFoundError` when there is none that the party may see."""
    versions = [
        version
        for version in AuthorisationVersion.objects.filter(authorisation__code=code).select_related("authorisation")
        if not party or names_party(version, party)
    ]
    version = next((one for one in versions if one.number == number), None)
    if version is None:
        raise NotFoundError
    withdrawal = AuthorisationWithdrawal.objects.filter(authorisation=version.authorisation).first()
    suspensions = AuthorisationSuspension.objects.filter(authorisation=version.authorisation).select_related("lifting")
    shown = present_authorisation(
        version=version,
        versions=versions,
        withdrawal=withdrawal,
        suspensions=suspensions,
        at=now(),
        names=Names(),
        door=door,
    )
    return page(request, "pages/authorisation.html", authorisation=shown)
