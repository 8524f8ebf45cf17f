"""The codes that a sample may name, and those nearest to one that the register does not know."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from compliance.registry.models import DataCategory, LegalBasis, Purpose, Route, Service

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from compliance.connecting.self_test.tester import Tester
    from compliance.exchanges.submission import Submission

NEAREST = 3
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class UnknownCode:
    """A code that the register does not know: where it stands, what it says, and what it may have meant."""

    pointer: str
    code: str
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Codes:
    """What the register knows. Of organisations only those that the tester may be told of."""

    organisations: frozenset[str]
    nameable: frozenset[str]
    services: frozenset[str]
    purposes: frozenset[str]
    legal_bases: frozenset[str]
    categories: frozenset[str]
    routes: frozenset[str]


def codes_for(tester: Tester, *, organisations: frozenset[str]) -> Codes:
    """Read the codes. Five queries."""
    services = Service.objects.values_list("code", "version")
    return Codes(
        organisations=organisations,
        nameable=tester.may_be_named,
        services=frozenset(f"{code}/{version}" for code, version in services),
        purposes=frozenset(Purpose.objects.values_list("code", flat=True)),
        legal_bases=frozenset(LegalBasis.objects.values_list("code", flat=True)),
        categories=frozenset(DataCategory.objects.values_list("code", flat=True)),
        routes=frozenset(Route.objects.values_list("code", flat=True)),
    )


def unknown_codes(report: Submission, codes: Codes) -> Iterator[UnknownCode]:
    """Yield every code of a report that the register does not know, with the nearest that it does."""
    asker = report.asker
    parties = [("/asker/organisation", asker.organisation), ("/source", report.source)]
    if asker.on_behalf_of is not None:
        parties.append(("/asker/on_behalf_of", asker.on_behalf_of))
    for pointer, code in parties:
        yield from _unknown(pointer, code, codes.organisations, codes.nameable)
    yield from _unknown("/service", f"{report.service.code}/{report.service.version}", codes.services)
    yield from _unknown("/purpose", report.purpose, codes.purposes)
    yield from _unknown("/legal_basis", report.legal_basis, codes.legal_bases)
    yield from _unknown("/route", report.route, codes.routes)
    for pointer, named in (
        ("/categories_requested", report.categories_requested),
        ("/categories_delivered", report.categories_delivered),
    ):
        for position, code in enumerate(named):
            yield from _unknown(f"{pointer}/{position}", code, codes.categories)


def _unknown(
    pointer: str, code: str, known: Collection[str], suggested: Collection[str] | None = None
) -> Iterator[UnknownCode]:
    if code not in known:
        offered = sorted(known if suggested is None else suggested)
        yield UnknownCode(pointer, code, tuple(get_close_matches(code.upper(), offered, n=NEAREST, cutoff=_ALIKE)))
