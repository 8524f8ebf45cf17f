"""Codes of the register as names. An exchange keeps codes; a code that the register does not know stays a code."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.authorisations.vocabulary import VERDICT_LABELS
from compliance.registry.models import DataCategory, LegalBasis, Organisation, Purpose, Route, Service
from compliance.registry.municipalities import OCMW_POSITION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.registry.named import Named


class Names:
    """Names in the reader's language; each kind is read once, when it is first needed."""

    def organisation(self, code: str) -> str:
        """Name an organisation."""
        return self.organisations.get(code, code)

    def service(self, code: str, version: str = "") -> str:
        """Name a service, with its version when given."""
        name = self.services.get(code, code)
        return _("%(service)s (version %(version)s)") % {"service": name, "version": version} if version else name

    def purpose(self, code: str) -> str:
        """Name a purpose."""
        return self._purposes.get(code, code)

    def route(self, code: str) -> str:
        """Name a route."""
        return self.routes.get(code, code)

    def category(self, code: str) -> str:
        """Name a data category."""
        return self.categories.get(code, code)

    def legal_basis(self, code: str) -> str:
        """Name a legal basis."""
        return self.legal_bases[code].name if code in self.legal_bases else code

    @cached_property
    def organisations(self) -> dict[str, str]:
        """All organisations, in the order of tables."""
        return _names(self._organisations)

    @property
    def organisations_to_choose(self) -> list[tuple[str, str | list[tuple[str, str]]]]:
        """The organisations for a list to choose from: the hundreds of OCMWs apart, under a heading of their own."""
        ocmws = [(one.code, one.name) for one in self._organisations if one.position >= OCMW_POSITION]
        return [*list(self.organisations.items())[: len(self._organisations) - len(ocmws)], (_("OCMWs"), ocmws)]

    @cached_property
    def _organisations(self) -> list[Organisation]:
        return list(Organisation.objects.all())

    @cached_property
    def services(self) -> dict[str, str]:
        """All services, by their newest version's name."""
        return dict(sorted({one.code: one.name for one in Service.objects.all()}.items(), key=lambda item: item[1]))

    @cached_property
    def routes(self) -> dict[str, str]:
        """All routes."""
        return _names(Route.objects.all())

    @cached_property
    def legal_bases(self) -> dict[str, LegalBasis]:
        """All legal bases, with their articles."""
        return {basis.code: basis for basis in LegalBasis.objects.all()}

    @cached_property
    def _purposes(self) -> dict[str, str]:
        return _names(Purpose.objects.all())

    @cached_property
    def categories(self) -> dict[str, str]:
        """All data categories."""
        return _names(DataCategory.objects.all())


def verdict_words(code: str) -> str:
    """Return a verdict in words."""
    labels = {verdict.value: str(words) for verdict, words in VERDICT_LABELS.items()}
    return labels.get(code, code)


def _names(rows: Iterable[Named]) -> dict[str, str]:
    return {row.code: row.name for row in rows}
