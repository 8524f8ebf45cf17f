"""What if: the same authorisations, with one of them narrowed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec

from compliance.authorisations.terms import Hours
from compliance.kernel.errors import FieldError, InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.authorisations.terms import Terms

_LISTS = ("recipients", "services", "categories", "purposes", "legal_bases", "routes")
_EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What one instrument (``CODE``), or one version of it (``CODE/number``), would no longer allow.

    The lists are left out. ``hours`` (from, until) and ``valid_until`` (microseconds since 1970) are
    set where those of the version are wider; nothing is ever allowed that was not.
    """

    authorisation: str
    recipients: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()
    legal_bases: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()
    hours: tuple[str, str] | None = None
    valid_until: int | None = None


def narrow(terms: Iterable[Terms], narrowing: Narrowing) -> tuple[Terms, ...]:
    """Return the terms with one instrument narrowed.

    Raises :class:`InvalidInputError` for a code that it does not name: leaving that out would say
    nothing, and for hours that have no moment in common with those that stand.
    """
    terms = tuple(terms)
    meant = [version for version in terms if narrowing.authorisation in {version.authorisation, version.reference}]
    if not meant:
        _refuse("/authorisation", f"There is no authorisation {narrowing.authorisation}.")
    for name in _LISTS:
        named = frozenset[str]().union(*(getattr(version, name) for version in meant))
        for code in sorted(getattr(narrowing, name)):
            if not _matching(name, code, named):
                _refuse(f"/{name}", f"{narrowing.authorisation} does not name {code}.")
    return tuple(_narrowed(version, narrowing) if version in meant else version for version in terms)


def _narrowed(version: Terms, narrowing: Narrowing) -> Terms:
    lists: dict[str, Any] = {name: _without(name, getattr(version, name), getattr(narrowing, name)) for name in _LISTS}
    conditions = version.conditions
    if narrowing.hours is not None:
        hours = _common(conditions.hours or Hours(weekdays=_EVERY_DAY), narrowing.hours)
        conditions = msgspec.structs.replace(conditions, hours=hours)
    ends = [end for end in (version.valid_until, narrowing.valid_until) if end is not None]
    return replace(version, **lists, conditions=conditions, valid_until=min(ends, default=None))


def _without(name: str, codes: frozenset[str], left_out: frozenset[str]) -> frozenset[str]:
    return codes.difference(*(_matching(name, code, codes) for code in left_out))


def _matching(name: str, code: str, codes: frozenset[str]) -> frozenset[str]:
    """Return which of the codes are meant; a service without a version stands for all its versions."""
    if name != "services":
        return codes & {code}
    return frozenset(each for each in codes if each == code or each.startswith(f"{code}/"))


def _common(hours: Hours, only: tuple[str, str]) -> Hours:
    start, end = max(hours.start, only[0]), min(hours.end, only[1])
    if hours.start >= hours.end or only[0] >= only[1] or start >= end:
        told = f"{only[0]}-{only[1]} and {hours.start}-{hours.end} have no hours of one day in common."
        _refuse("/hours", told)
    return Hours(weekdays=hours.weekdays, start=start, end=end)


def _refuse(pointer: str, detail: str) -> NoReturn:
    raise InvalidInputError(errors=(FieldError(pointer, detail, "not-named"),))
