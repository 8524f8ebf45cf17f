"""Step 3: which services, which categories of data, and why nothing less would do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from compliance.authorisations.requests.vocabulary import Section
from compliance.console.offer_choices import offer_choices
from compliance.portal.request_forms.base import Group, SectionForm
from compliance.portal.request_forms.fields import Boxes, Text, in_standing_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.forms import BoundField

    from compliance.registry.models import DataCategory, Service


class Services(Boxes):
    """Services, shown by source."""

    shape = "services"


class Categories(Boxes):
    """Categories, each with room for why."""

    shape = "categories"


class Version(NamedTuple):
    """A box for a service: all of its versions, or one."""

    value: str
    version: str
    chosen: bool


class ServiceRow(NamedTuple):
    """A service of a source, with a box for all and one for each version."""

    name: str
    versions: tuple[Version, ...]


class CategoryRow(NamedTuple):
    """A category with its box and its why."""

    category: DataCategory
    chosen: bool
    why: BoundField


class RequestedDataForm(SectionForm):
    """Services and data."""

    section = Section.DATA

    services = Services(_("Which services do you need?"), _("All versions also covers those that come later."))
    categories = Categories(
        _("Which data do you need, and why?"), _("Say for each why you need it, and why less would not do.")
    )

    def offer(self) -> None:
        """Offer services and categories, with a field for each reason."""
        offer_choices(self, "services", self.register.service_codes())
        categories = self.register.categories
        offer_choices(self, "categories", [(one.code, one.name) for one in categories])
        for one in categories:
            self.fields[why_field(one.code)] = Text(_("Why, and why would less not do?"), rows=2)

    def groups(self) -> tuple[Group, ...]:
        """Show the reasons within their categories."""
        return Group(("services",)), Group(("categories",))

    def filled_in(self, standing: dict[str, Any]) -> dict[str, Any]:
        """Show each reason in a field of its own."""
        reasons = {why_field(wanted["category"]): wanted["why"] for wanted in standing["categories"]}
        return {**standing, **reasons, "categories": [wanted["category"] for wanted in standing["categories"]]}

    def said(self, filled: Mapping[str, Any]) -> dict[str, Any]:
        """Put category and reason together again; what is no longer ticked is no longer asked."""
        before = [wanted.category for wanted in self.standing.categories]
        return {
            "services": filled["services"],
            "categories": [
                {"category": code, "why": filled[why_field(code)]}
                for code in in_standing_order(filled["categories"], before)
            ],
        }

    def sources(self) -> list[tuple[str, list[ServiceRow]]]:
        """Return the services by source."""
        chosen = set(self["services"].value() or ())
        found: dict[str, dict[str, list[Service]]] = {}
        for one in self.register.services:
            found.setdefault(one.source.name, {}).setdefault(one.code, []).append(one)
        return [
            (source, [_service_row(code, versions, chosen) for code, versions in services.items()])
            for source, services in found.items()
        ]

    def rows(self) -> list[CategoryRow]:
        """Return the categories with their reasons."""
        chosen = set(self["categories"].value() or ())
        return [CategoryRow(one, one.code in chosen, self[why_field(one.code)]) for one in self.register.categories]


def why_field(code: str) -> str:
    """Return the name of the field in which a category's reason stands."""
    return f"why-{code}"


def _service_row(code: str, services: list[Service], chosen: set[str]) -> ServiceRow:
    versions = [Version(f"{code}/{one.version}", one.version, f"{code}/{one.version}" in chosen) for one in services]
    return ServiceRow(services[-1].name, (Version(code, "", code in chosen), *versions))
