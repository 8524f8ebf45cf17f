"""What the register calls the codes of one request, in the active language: read at once, as it stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from django.utils.translation import gettext as _

from compliance.authorisations.requests.wording import in_line
from compliance.registry.keeper import keeper
from compliance.registry.models import (
    ControllerPeriod,
    DataCategory,
    LegalBasis,
    Organisation,
    Purpose,
    Route,
    Service,
)
from compliance.registry.named import Named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from compliance.authorisations.requests.content import RequestContent


N = TypeVar("N", bound=Named)


class RegisterNames(NamedTuple):
    """The rows that a request names, by code; a code that the register lacks is not there."""

    organisations: Mapping[str, Organisation]
    purposes: Mapping[str, Purpose]
    categories: Mapping[str, DataCategory]
    bases: Mapping[str, LegalBasis]
    routes: Mapping[str, Route]
    services: Mapping[str, str]
    controller: Organisation | None

    def organisation(self, code: str) -> str:
        """Return what an organisation is called."""
        return _name(self.organisations, code) if code else _("(party to be completed)")

    def purpose(self, code: str) -> str:
        """Return what a purpose is called."""
        return _name(self.purposes, code)

    def category(self, code: str) -> str:
        """Return what a data category is called."""
        return _name(self.categories, code)

    def route(self, code: str) -> str:
        """Return what a route is called."""
        return _name(self.routes, code)

    def service(self, code: str) -> str:
        """Return what a service (``CODE`` or ``CODE/version``) is called, with the version when only one is meant."""
        name, version = code.partition("/")[::2]
        called = self.services.get(name, name)
        return _("%(service)s, version %(version)s") % {"service": called, "version": version} if version else called


def register_names(content: RequestContent) -> RegisterNames:
    """Read the names of everything that a request refers to. Seven queries at most, however much it names."""
    parties = content.parties
    named = {parties.recipient, parties.provider, *parties.processors}
    bases = {*content.legal_basis.recipient_bases, *content.legal_basis.provider_bases}
    of_keeper = parties.provider == keeper()
    return RegisterNames(
        organisations=_found(Organisation.objects.filter(code__in=named)),
        purposes=_found(Purpose.objects.filter(code__in=content.purposes.purposes)),
        categories=_found(DataCategory.objects.filter(code__in=content.categories)),
        bases=_found(LegalBasis.objects.filter(code__in=bases)),
        routes=_found(Route.objects.filter(code__in=content.rhythm.routes)),
        services=_services({code.partition("/")[0] for code in content.data.services}),
        controller=_controller(content.duration.starts_on) if of_keeper else None,
    )


def _name(rows: Mapping[str, Named], code: str) -> str:
    return in_line(rows[code].name) if code in rows else code


def _found(rows: Iterable[N]) -> dict[str, N]:
    return {row.code: row for row in rows}


def _services(codes: set[str]) -> dict[str, str]:
    """Return the names of services; of each the one of its last version."""
    return {row.code: in_line(row.name) for row in Service.objects.filter(code__in=codes).order_by("code", "version")}


def _controller(day: date | None) -> Organisation | None:
    """Return who is the controller of the keeper when a protocol begins; without a day, who was named last."""
    periods = ControllerPeriod.objects.select_related("organisation").order_by("-valid_from")
    for period in periods:
        if day is None or (period.valid_from <= day and (period.valid_until is None or day < period.valid_until)):
            return period.organisation
    return None
