"""Why an exchange was not covered, explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.authorisations.vocabulary import Verdict
from compliance.console.presenters import words
from compliance.console.presenters.periods import PERIOD_WORDS
from compliance.exchanges.vocabulary import Environment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compliance.console.presenters.names import Names

SENTENCES = {
    Verdict.NO_AUTHORISATION: gettext_lazy(
        "No protocol, machtiging, deliberation or general authorisation stands between these two parties."
    ),
    Verdict.NOT_YET_VALID: gettext_lazy("The authorisation was not yet in force at that moment."),
    Verdict.EXPIRED: gettext_lazy("The authorisation had expired at that moment."),
    Verdict.WITHDRAWN: gettext_lazy("The authorisation had been withdrawn at that moment."),
    Verdict.SUSPENDED: gettext_lazy("The authorisation was suspended at that moment."),
    Verdict.ENVIRONMENT_OUTSIDE: gettext_lazy("The authorisation does not hold for this environment: %(what)s."),
    Verdict.SERVICE_OUTSIDE: gettext_lazy("The authorisation does not name this service: %(what)s."),
    Verdict.CATEGORY_OUTSIDE: gettext_lazy("The authorisation does not name these data: %(what)s."),
    Verdict.PURPOSE_OUTSIDE: gettext_lazy("The authorisation does not name this purpose: %(what)s."),
    Verdict.LEGAL_BASIS_NOT_NAMED: gettext_lazy("The authorisation does not name this legal basis: %(what)s."),
    Verdict.ROUTE_OUTSIDE: gettext_lazy("The authorisation does not allow this route: %(what)s."),
}


def present_reason(*, verdict: Verdict, detail: Sequence[str], names: Names) -> str:
    """Say in a sentence what stood in the way."""
    if verdict is Verdict.CONDITION_BROKEN:
        return _condition(detail)
    name = _namers(names).get(verdict, str)
    return str(SENTENCES[verdict]) % {"what": words.enumeration([name(code) for code in detail])}


def _namers(names: Names) -> dict[Verdict, Callable[[str], str]]:
    return {
        Verdict.ENVIRONMENT_OUTSIDE: _environment,
        Verdict.SERVICE_OUTSIDE: lambda code: names.service(*code.partition("/")[::2]),
        Verdict.CATEGORY_OUTSIDE: names.category,
        Verdict.PURPOSE_OUTSIDE: names.purpose,
        Verdict.LEGAL_BASIS_NOT_NAMED: names.legal_basis,
        Verdict.ROUTE_OUTSIDE: names.route,
    }


def _condition(detail: Sequence[str]) -> str:
    match list(detail):
        case ["hours"]:
            return _("The moment lies outside the hours that the authorisation allows.")
        case ["user-group"]:
            return _("It was asked by hand, and it was not told to which group the person who asked belongs.")
        case ["user-group", group]:
            return _("The person who asked belongs to a group that may not ask by hand: %(group)s.") % {"group": group}
        case ["ceiling", count, period] if count.isdigit() and period in PERIOD_WORDS:
            return _("The ceiling of %(count)s exchanges %(period)s had been reached.") % {
                "count": words.figure(int(count)),
                "period": str(PERIOD_WORDS[period]),
            }
        case _:
            return _("A condition of the authorisation was broken: %(what)s.") % {"what": ", ".join(detail)}


def _environment(code: str) -> str:
    return str(Environment(code).label) if code in Environment.values else code
