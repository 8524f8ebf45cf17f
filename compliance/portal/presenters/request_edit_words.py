"""What a section says, field by field, in words: to compare two texts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.authorisations.requests.content import Contact, Wanted
from compliance.authorisations.requests.vocabulary import Measure, Rhythm
from compliance.authorisations.terms import Ceiling, Hours
from compliance.console.presenters import words
from compliance.console.presenters.periods import PERIOD_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance.authorisations.requests.content import Part
    from compliance.console.presenters.names import Names


def tell_fields(part: Part, names: Names) -> dict[str, str]:
    """Return the words of each field of a section."""
    naming = _naming(names)
    return {field: _tell(getattr(part, field), naming.get(field, str)) for field in part.__struct_fields__}


def _naming(names: Names) -> dict[str, Callable[[str], str]]:
    return {
        "provider": names.organisation,
        "recipient": names.organisation,
        "processors": names.organisation,
        "purposes": names.purpose,
        "services": lambda code: names.service(*code.partition("/")[::2]),
        "categories": names.category,
        "recipient_bases": names.legal_basis,
        "provider_bases": names.legal_basis,
        "routes": names.route,
        "measures": lambda code: str(Measure(code).label),
        "rhythm": lambda code: str(Rhythm(code).label),
    }


def _tell(value: object, name: Callable[[str], str]) -> str:  # noqa: PLR0911 - one line for each kind of value
    match value:
        case None | "" | ():
            return ""
        case Contact(name=person, email=email):
            return " · ".join(one for one in (person, email) if one)
        case Wanted(category=category, why=why):
            return f"{name(category)}: {why}" if why else name(category)
        case Ceiling(count=count, period=period):
            return f"{words.figure(count)} {PERIOD_WORDS[period]}"
        case Hours(start=start, end=end):
            return _("from %(start)s until %(end)s") % {"start": start, "end": end}
        case date():
            return words.day(value)
        case int():
            return words.figure(value)
        case tuple():
            return "\n".join(_tell(one, name) for one in value)
        case _:
            return name(str(value))
