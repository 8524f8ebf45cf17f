"""Errors, remarks and remedies of a self-test in sentences. In English for machines, in their language for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.authorisations.vocabulary import Verdict
from compliance.connecting.self_test.hints import HintKind

if TYPE_CHECKING:
    from compliance.connecting.self_test.codes import UnknownCode
    from compliance.connecting.self_test.remedies import Remedy
    from compliance.kernel.errors import FieldError

HINTS = {
    HintKind.ENVIRONMENT: gettext_lazy("This says production. While you test, say “acceptance” or “test”."),
    HintKind.TIME_ZONE: gettext_lazy(
        "Write times with their time zone, as 2017-01-24T10:00:00+01:00. "
        "A local clock sent as UTC is an hour or two ahead."
    ),
    HintKind.CHAIN: gettext_lazy(
        "Send the identifiers of the chain as MAGDA gives them: correlation_id and request_id. Without them nobody can "
        "find which calls belong together."
    ),
    HintKind.SEQUENCE_MISSING: gettext_lazy(
        "Number your reports in producer_sequence, without gaps. Only then can it be seen that one never arrived."
    ),
    HintKind.SEQUENCE_GAP: gettext_lazy(
        "This number does not follow the one before. Raise producer_sequence by one for each report."
    ),
    HintKind.CAPACITY: gettext_lazy("MAGDA is phasing out the capacity (hoedanigheid). You may leave it out."),
    HintKind.USER_GROUP: gettext_lazy(
        "This was asked by hand. Say to which group the person who asked belongs; some authorisations ask for it."
    ),
    HintKind.ON_BEHALF_OF: gettext_lazy(
        "A vendor asks on behalf of somebody. Name the OCMW in on_behalf_of; its authorisation is the one that counts."
    ),
    HintKind.CORRECTS: gettext_lazy(
        "None of these samples has the number that this one corrects. "
        "Send both together: the answer gives each its number."
    ),
    HintKind.CONFLICT: gettext_lazy(
        "An earlier sample has the same reference and start, and another content. "
        "That would be refused; send a correction."
    ),
}
_REMEDIES = {
    Verdict.NO_AUTHORISATION: gettext_lazy("Ask for an authorisation: none names these two parties."),
    Verdict.NOT_YET_VALID: gettext_lazy("Wait until the authorisation is in force."),
    Verdict.EXPIRED: gettext_lazy("Ask for an extension: the authorisation has ended."),
    Verdict.WITHDRAWN: gettext_lazy("Ask for a new authorisation: this one was withdrawn."),
    Verdict.SUSPENDED: gettext_lazy("Wait until the suspension is lifted."),
    Verdict.ENVIRONMENT_OUTSIDE: gettext_lazy("Use an environment that the authorisation names: %(named)s."),
    Verdict.SERVICE_OUTSIDE: gettext_lazy("Use a service that the authorisation names: %(named)s."),
    Verdict.CATEGORY_OUTSIDE: gettext_lazy("Leave out what the authorisation does not name. It names: %(named)s."),
    Verdict.PURPOSE_OUTSIDE: gettext_lazy("Use a purpose that the authorisation names: %(named)s."),
    Verdict.LEGAL_BASIS_NOT_NAMED: gettext_lazy("Use a legal basis that the authorisation names: %(named)s."),
    Verdict.ROUTE_OUTSIDE: gettext_lazy("Use a route that the authorisation names: %(named)s."),
}
_CONDITIONS = {
    "hours": gettext_lazy("Ask within the hours that the authorisation sets."),
    "user-group": gettext_lazy("Let only these groups ask by hand: %(named)s."),
    "ceiling": gettext_lazy("Wait for the next period: the ceiling was reached."),
}
_ERRORS = {
    "missing": gettext_lazy("This field is required. Add it."),
    "unknown-field": gettext_lazy("The schema has no such field. Leave it out or correct its name."),
    "not-a-value": gettext_lazy("This is none of the values that the schema names. Use one of these."),
    "shape": gettext_lazy("This has not the form that the schema asks: another type, length or a time without a zone."),
    "not-json": gettext_lazy("This is not JSON. Check quotes, commas and brackets."),
    "too-large": gettext_lazy("This record is larger than is accepted. Split it."),
    "outside-test-range": gettext_lazy(
        "This holds a national number outside the test range. Use numbers whose day of birth is 99. "
        "The number is not shown and not kept."
    ),
    "not-yours": gettext_lazy(
        "This is an exchange of an organisation for which you do not act. Name one that gave you a mandate."
    ),
    "time-out-of-range": gettext_lazy(
        "The start lies before 2000 or more than five minutes ahead. Check the clock and the time zone of the sender."
    ),
    "time-order": gettext_lazy("The end lies before the start. Send both in one time zone."),
    "not-your-producer": gettext_lazy("You may not report for this producer. Name one for which you act."),
    "unknown": gettext_lazy("The register has no such code. Ask the operator to add it, or correct it."),
    "direction": gettext_lazy(
        "Use “provided” when the crossroads bank is the source, “obtained” when the crossroads bank is the asker."
    ),
    "not-a-code": gettext_lazy("Use a code: capitals, digits and hyphens, 40 at the most."),
    "not-a-reference": gettext_lazy("Use printable ASCII without spaces."),
    "not-text": gettext_lazy("Use printable text in Unicode normal form C."),
    "holds-national-number": gettext_lazy(
        "This holds a national number. Use a reference that says nothing about a person."
    ),
    "not-a-traceparent": gettext_lazy("This is not a W3C traceparent."),
    "not-an-identifier": gettext_lazy(
        "The check digits or the form of this identifier are wrong. "
        "Give the eleven digits of the INSZ or BIS number, or another kind."
    ),
}


def error_words(error: FieldError) -> str:
    """Say what is wrong with a field and what to do; an error without words of its own keeps its English ones."""
    return str(_ERRORS.get(error.code, error.detail))


def remedy_words(remedy: Remedy) -> str:
    """Say what would make the exchange covered."""
    verdict, detail = remedy.reason
    told = _CONDITIONS.get(detail[0]) if verdict is Verdict.CONDITION_BROKEN and detail else _REMEDIES.get(verdict)
    return str(told or _("Ask the operator what this needs.")) % {"named": ", ".join(remedy.named)}


def unknown_words(unknown: UnknownCode) -> str:
    """Say that the register does not know a code, and which it may have meant."""
    if not unknown.nearest:
        return _("The register does not know %(code)s.") % {"code": unknown.code}
    return _("The register does not know %(code)s. Did you mean %(nearest)s?") % {
        "code": unknown.code,
        "nearest": ", ".join(unknown.nearest),
    }
