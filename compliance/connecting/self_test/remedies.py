"""What would make an exchange covered: of each reason against it, what the authorisation does name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.authorisations.vocabulary import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from compliance.authorisations.judgement import Judgement, Reason
    from compliance.authorisations.terms import Terms

_NAMED: dict[Verdict, Callable[[Terms], frozenset[str]]] = {
    Verdict.ENVIRONMENT_OUTSIDE: lambda terms: terms.environments,
    Verdict.SERVICE_OUTSIDE: lambda terms: terms.services,
    Verdict.CATEGORY_OUTSIDE: lambda terms: terms.categories,
    Verdict.PURPOSE_OUTSIDE: lambda terms: terms.purposes,
    Verdict.LEGAL_BASIS_NOT_NAMED: lambda terms: terms.legal_bases,
    Verdict.ROUTE_OUTSIDE: lambda terms: terms.routes,
    Verdict.CONDITION_BROKEN: lambda terms: frozenset(terms.conditions.user_groups),
}


@dataclass(frozen=True, slots=True)
class Remedy:
    """One reason against, and the codes that the authorisation names in that place."""

    reason: Reason
    named: tuple[str, ...]


def remedies(judgement: Judgement, terms: Iterable[Terms]) -> Iterator[Remedy]:
    """Yield a remedy for each reason of a verdict."""
    version = next((one for one in terms if one.reference == judgement.authorisation), None)
    for reason in judgement.reasons:
        named = _NAMED.get(reason.verdict)
        yield Remedy(reason, tuple(sorted(named(version))) if version is not None and named is not None else ())
