"""What if: the same authorisations, with a draft in the place of one of them or beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from compliance.authorisations.terms import Conditions, Terms
from compliance.kernel.errors import FieldError, InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.authorisations.draft import VersionDraft

_ALWAYS = 0  # 1970, before every exchange
_LISTS = ("recipients", "services", "categories", "purposes", "legal_bases", "routes")


class WrittenTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Terms as a file of JSON writes them; what is left out stays as the newest version of the instrument says."""

    authorisation: str
    provider: str | None = None
    recipients: frozenset[str] | None = None
    services: frozenset[str] | None = None
    categories: frozenset[str] | None = None
    purposes: frozenset[str] | None = None
    legal_bases: frozenset[str] | None = None
    routes: frozenset[str] | None = None
    environments: frozenset[str] | None = None
    conditions: Conditions | None = None


def put_in_place(terms: Iterable[Terms], draft: Terms) -> tuple[Terms, ...]:
    """Return the terms as if the draft had been what its instrument said all along.

    Each version keeps its period, its suspensions and its number, so that what differs comes from the draft alone. An
    instrument that is not there yet is added, as if it had always stood.
    """
    terms = tuple(terms)
    if all(version.authorisation != draft.authorisation for version in terms):
        return (*terms, replace(draft, valid_from=_ALWAYS, valid_until=None))
    return tuple(
        replace(
            draft,
            number=version.number,
            valid_from=version.valid_from,
            valid_until=version.valid_until,
            withdrawn_from=version.withdrawn_from,
            suspended=version.suspended,
        )
        if version.authorisation == draft.authorisation
        else version
        for version in terms
    )


def drafted_terms(draft: VersionDraft, *, authorisation: str) -> Terms:
    """Return what a draft would allow under an instrument (its code)."""
    return Terms(
        authorisation=authorisation,
        number=1,
        provider=draft.provider,
        recipients=frozenset(draft.recipients),
        services=frozenset(draft.services),
        categories=frozenset(draft.categories),
        purposes=frozenset(draft.purposes),
        legal_bases=frozenset(draft.legal_bases),
        routes=frozenset(draft.routes),
        environments=frozenset(draft.environments),
        valid_from=_ALWAYS,
        conditions=draft.conditions,
    )


def read_terms(octets: bytes, *, standing: Iterable[Terms]) -> Terms:
    """Read terms from JSON (:class:`WrittenTerms`).

    Raises :class:`InvalidInputError` for what is no such file, and for a new instrument of which something is left out.
    """
    try:
        written = msgspec.json.decode(octets, type=WrittenTerms)
    except (msgspec.DecodeError, ValueError) as error:
        raise InvalidInputError(errors=(FieldError("", str(error), "not-terms"),)) from error
    given = {name: value for name, value in msgspec.structs.asdict(written).items() if value is not None}
    versions = [version for version in standing if version.authorisation == written.authorisation]
    if versions:
        return replace(max(versions, key=lambda version: version.number), **given)
    missing = [name for name in ("provider", *_LISTS) if name not in given]
    if missing:
        told = f"There is no authorisation {written.authorisation} yet: say all of it."
        raise InvalidInputError(errors=tuple(FieldError(f"/{name}", told, "required") for name in missing))
    return Terms(**{"number": 1, "valid_from": _ALWAYS, "environments": frozenset({"production"}), **given})
