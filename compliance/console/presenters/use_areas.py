"""What a version limits, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from compliance.authorisations.vocabulary import Verdict
from compliance.reporting.authorisation_use.compare import Area

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from compliance.console.presenters.names import Names

AREAS: dict[Area, Promise | str] = {
    Area.SERVICES: gettext_lazy("service"),
    Area.CATEGORIES: gettext_lazy("data"),
    Area.PURPOSES: gettext_lazy("purpose"),
    Area.LEGAL_BASES: gettext_lazy("legal basis"),
    Area.ROUTES: gettext_lazy("route"),
    Area.WEEKDAYS: gettext_lazy("days"),
    Area.CLOCK: gettext_lazy("hours"),
}

_CONDITIONS: dict[str, Promise | str] = {
    "hours": gettext_lazy("outside the hours"),
    "user-group": gettext_lazy("another group of users"),
    "ceiling": gettext_lazy("more than the ceiling"),
}
_OF: dict[Verdict, Area] = {
    Verdict.SERVICE_OUTSIDE: Area.SERVICES,
    Verdict.CATEGORY_OUTSIDE: Area.CATEGORIES,
    Verdict.PURPOSE_OUTSIDE: Area.PURPOSES,
    Verdict.LEGAL_BASIS_NOT_NAMED: Area.LEGAL_BASES,
    Verdict.ROUTE_OUTSIDE: Area.ROUTES,
}


def name_of(area: Area, code: str, names: Names) -> str:
    """Return the name of what a version allows."""
    match area:
        case Area.SERVICES:
            return names.service(*code.partition("/")[::2])
        case Area.CATEGORIES:
            return names.category(code)
        case Area.PURPOSES:
            return names.purpose(code)
        case Area.LEGAL_BASES:
            return names.legal_basis(code)
        case Area.ROUTES:
            return names.route(code)
        case Area.WEEKDAYS | Area.CLOCK:
            return code


def thing_beyond(verdict: Verdict, code: str, names: Names) -> str:
    """Name what stood outside, or which condition was broken; nothing where the verdict says all."""
    if verdict is Verdict.CONDITION_BROKEN:
        return str(_CONDITIONS.get(code, code))
    area = _OF.get(verdict)
    return code if area is None else name_of(area, code, names)
