"""The sentence of a case, in the reader's language. No value about a person stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from django.utils.translation import gettext as _

from compliance.cases.vocabulary import CaseKind
from compliance.detection.sentences import sentence

if TYPE_CHECKING:
    from compliance.cases.models import Case, CaseFinding


def sentence_of(case: Case, *, telling: CaseFinding | None = None) -> str:
    """Say what a case is about. ``telling`` is its most telling finding, for who has read that already."""
    facts: dict[str, str] = case.facts
    match CaseKind(case.kind):
        case CaseKind.LEDGER_DIVERGES:
            return case.title
        case CaseKind.FLAGGED | CaseKind.SAMPLE:
            first = telling or case.findings.first()
            return sentence(first.detector, first.facts) if first else case.title
        case CaseKind.DETECTOR_FAILS:
            return _("The detector “%(detector)s” failed on %(day)s, so it saw nothing of that day.") % facts
        case CaseKind.UNSEALED:
            return _("Entries of %(log)s wait %(minutes)s minutes for their place in the ledger.") % facts
        case CaseKind.BEHIND:
            return _("“%(follower)s” is %(minutes)s minutes behind the ledger.") % facts
        case unknown:
            assert_never(unknown)
