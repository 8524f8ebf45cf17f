"""The terms of one version, as the verdict uses them now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance.authorisations.snapshot import current_snapshot
from compliance.kernel.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from compliance.authorisations.terms import Terms


class VersionTerms(NamedTuple):
    """What one version allows, and from when (microseconds since 1970) a newer version speaks instead of it."""

    terms: Terms
    superseded_from: int | None


def terms_of(code: str, number: int, *, parties: Collection[str] | None = None) -> VersionTerms:
    """Return them. Raises :class:`NotFoundError`, also when none of ``parties``, if given, is a side of the version."""
    found = version_terms(current_snapshot().terms, code, number)
    if found is None or not (parties is None or {found.terms.provider, *found.terms.recipients} & {*parties}):
        raise NotFoundError
    return found


def version_terms(every: Iterable[Terms], code: str, number: int) -> VersionTerms | None:
    """Return the terms of one version among those of all."""
    own = {terms.number: terms for terms in every if terms.authorisation == code}
    newer = [terms.valid_from for terms in own.values() if terms.number > number]
    return VersionTerms(own[number], min(newer, default=None)) if number in own else None
