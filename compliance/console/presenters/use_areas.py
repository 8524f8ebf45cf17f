"""What a version limits, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

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
