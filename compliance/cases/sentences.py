"""The sentence of a case, in the reader's language. No value about a person stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from django.utils.translation import gettext as _

from compliance.cases.vocabulary import CaseKind
from compliance.detection.sentences import sentence
from compliance.registry.models import Organisation, Service

if TYPE_CHECKING:
    from compliance.cases.models import Case, CaseFinding


def sentence_of(case: Case) -> str:
    """Say what a case is about, by its most telling finding where it has any."""
    facts: dict[str, str] = case.facts
    match CaseKind(case.kind):
        case CaseKind.LEDGER_DIVERGES:
            return case.title
        case CaseKind.FLAGGED:
            first = case.findings.first()
            return _told(first) if first else case.title
        case CaseKind.SAMPLE:
            return _("Exchange %(number)s of the sample of %(month)s was judged not to be justified.") % facts
        case CaseKind.DETECTOR_FAILS:
            return _("The detector “%(detector)s” failed on %(day)s, so it saw nothing of that day.") % facts
        case CaseKind.UNSEALED:
            return _("Entries of %(log)s wait %(minutes)s minutes for their place in the ledger.") % facts
        case CaseKind.BEHIND:
            return _("“%(follower)s” is %(minutes)s minutes behind the ledger.") % facts
        case unknown:
            assert_never(unknown)


def _told(finding: CaseFinding) -> str:
    """Say a finding, with names in the place of codes."""
    known = {"partner": _name(Organisation, finding.partner), "service": _name(Service, finding.service)}
    return sentence(finding.detector, {**finding.facts, **{place: name for place, name in known.items() if name}})


def _name(kind: type[Organisation | Service], code: str) -> str:
    row = kind.objects.filter(code=code).first()
    return code if row is None else row.name
