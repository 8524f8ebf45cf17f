"""What the register offers to choose from, in the reader's language; each kind is read once, when it is asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.registry.models import DataCategory, LegalBasis, Organisation, Purpose, Route, Service
from compliance.registry.span import Span
from compliance.registry.vocabulary import OrganisationKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from compliance.registry.named import Named

Choice = tuple[str, str]
PROCESSORS = (OrganisationKind.VENDOR, OrganisationKind.PLATFORM)


class Register:
    """The choices of one page."""

    def __init__(self, today: date) -> None:
        """Offer law that holds today."""
        self._today = today

    @cached_property
    def organisations(self) -> list[Organisation]:
        """All organisations, in the order of tables. One query."""
        return list(Organisation.objects.all())

    @cached_property
    def services(self) -> list[Service]:
        """All services with their sources and what they deliver. Two queries."""
        rows = Service.objects.select_related("source").prefetch_related("categories")
        return sorted(rows, key=lambda one: (one.source.position, one.source.code, one.name, one.version))

    @cached_property
    def categories(self) -> list[DataCategory]:
        """All data categories by name. One query."""
        return _by_name(DataCategory.objects.all())

    def providers(self) -> list[Choice]:
        """Return who can give data: who is the source of a service."""
        sources = {one.source_id for one in self.services}
        return [_choice(one) for one in self.organisations if one.pk in sources]

    def processors(self, kept: Collection[str]) -> list[Choice]:
        """Return who can process for somebody else, and those that were chosen before."""
        return [_choice(one) for one in self.organisations if one.kind in PROCESSORS or one.code in kept]

    def purposes(self) -> list[Choice]:
        """Return the purposes. One query."""
        return [_choice(one) for one in _by_name(Purpose.objects.all())]

    def routes(self) -> list[Choice]:
        """Return the routes. One query."""
        return [_choice(one) for one in Route.objects.all()]

    def legal_bases(self, kept: Collection[str]) -> list[Choice]:
        """Return the law that holds today, and what was chosen before. One query."""
        return [
            (one.code, _("%(name)s (%(citation)s)") % {"name": one.name, "citation": one.citation})
            for one in _by_name(LegalBasis.objects.all())
            if one.code in kept or Span(one.valid_from, one.valid_until).holds(self._today)
        ]

    def service_codes(self) -> list[Choice]:
        """Return each service, and each of its versions."""
        every = {one.code: one.name for one in self.services}
        return [*every.items(), *((f"{one.code}/{one.version}", str(one)) for one in self.services)]


def _choice(row: Named) -> Choice:
    return row.code, row.name


def _by_name(rows: Iterable[Named]) -> list:  # type: ignore[type-arg]  # of whatever kind they are
    return sorted(rows, key=lambda one: one.name)
