"""One case as a page: what was seen, what was expected, and all that an officer needs to decide it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.access.roles import Capability
from compliance.cases.states import allowed_acts
from compliance.cases.vocabulary import CaseAct, CaseParty, CaseState, Outcome
from compliance.console.presenters import words
from compliance.console.presenters.authorisation_list import present_authorisations
from compliance.console.presenters.badge import Badge
from compliance.console.presenters.cases.acts import CaseActs, present_case_acts
from compliance.console.presenters.cases.asked import AskedLine, present_asked_in
from compliance.console.presenters.cases.evidence import EvidenceRow, present_evidence
from compliance.console.presenters.cases.findings import (
    DetectorLine,
    FindingLine,
    present_detectors,
    present_findings,
)
from compliance.console.presenters.cases.history import CaseStep, present_history
from compliance.console.presenters.cases.words import (
    OUTCOME_TONES,
    case_sentence,
    present_case_state,
    present_due_at,
    present_risk,
    risk_points,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.cases.models import Case, CaseDecision
    from compliance.console.cases.forms import CaseForm
    from compliance.console.cases.similar import Similar
    from compliance.console.door import Door
    from compliance.console.instruments import Instrument
    from compliance.console.presenters.authorisation_list import AuthorisationRow
    from compliance.console.presenters.cases.picture import Picture
    from compliance.console.presenters.names import Names
    from compliance.exchanges.models import Exchange
    from compliance.registry.models import Organisation


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What was decided or proposed, by whom and why."""

    outcome: Badge
    told: str
    reason: str
    second: str


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """A case like this one, and how it ended."""

    code: str
    address: str
    sentence: str
    outcome: Badge
    told: str
    reason: str


@dataclass(frozen=True, slots=True)
class CaseStory:
    """What the template of a case needs."""

    code: str
    address: str
    back: str
    sentence: str
    state: Badge
    risk: Badge
    due: Badge | None
    facts: tuple[tuple[str, str], ...]
    points: tuple[tuple[str, str], ...]
    decision: DecisionView | None
    findings: tuple[FindingLine, ...]
    detectors: tuple[DetectorLine, ...]
    pictures: tuple[Picture, ...]
    evidence: tuple[EvidenceRow, ...]
    evidence_more: str
    similar: tuple[SimilarRow, ...]
    similar_ended: str
    earlier: str
    earlier_address: str
    partner: str
    partner_address: str
    contact: str
    contact_email: str
    authorisations: tuple[AuthorisationRow, ...]
    acts: CaseActs
    asked: tuple[AskedLine, ...]
    ask: str
    breach: str
    may_reveal: bool
    history: tuple[CaseStep, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was read for the page of a case."""

    exchanges: Sequence[Exchange]
    evidence: int
    pictures: tuple[Picture, ...]
    similar: Similar
    partner: Organisation | None
    instruments: Sequence[Instrument]
    has_breach: bool


def present_case(
    case: Case,
    account: Account,
    gathered: Gathered,
    names: Names,
    *,
    at: datetime,
    door: Door,
    bound: CaseForm | None = None,
    bound_slug: str = "",
) -> CaseStory:
    """Put a case into words."""
    findings, events = list(case.findings.all()), list(case.events.all())
    partner = gathered.partner
    evidence = present_evidence(gathered.exchanges, names=names, door=door)
    seen = max((one.pk for one in events), default=0)
    return CaseStory(
        code=case.code,
        address=door.address("case", case.code),
        back=door.address("cases"),
        sentence=case_sentence(case, names),
        state=present_case_state(case),
        risk=present_risk(case.severity),
        due=present_due_at(case.due_at, at) if case.decided_at is None else None,
        facts=_facts(case, names),
        points=risk_points(case.severity_reasons),
        decision=_decision(case),
        findings=present_findings(findings, names),
        detectors=present_detectors(findings),
        pictures=gathered.pictures,
        evidence=evidence,
        evidence_more=_("These %(shown)s of %(count)s say most.")
        % {"shown": words.figure(len(evidence)), "count": words.figure(gathered.evidence)}
        if gathered.evidence > len(evidence)
        else "",
        similar=tuple(_similar(one, names, door) for one in gathered.similar.nearest),
        similar_ended=_ended(case, gathered.similar, names),
        earlier=case.earlier.code if case.earlier else "",
        earlier_address=door.address("case", case.earlier.code) if case.earlier else "",
        partner=partner.name if partner else "",
        partner_address=door.address("partner", partner.code) if partner else "",
        contact=partner.dpo_name if partner else "",
        contact_email=partner.dpo_email if partner else "",
        authorisations=present_authorisations(instruments=gathered.instruments, at=at, names=names, door=door),
        acts=present_case_acts(case, account, seen=seen, bound=bound, bound_slug=bound_slug, door=door),
        asked=present_asked_in(case, account, at=at, door=door),
        ask=door.address("case-ask", case.code) if _may_ask(case, account) else "",
        breach=door.address("breach", case.code) if gathered.has_breach else "",
        may_reveal=account.may(Capability.REVEAL_IDENTITIES) and bool(evidence),
        history=present_history(events, names, door=door, may_see_oversight=account.may(Capability.SEE_OVERSIGHT)),
    )


def _may_ask(case: Case, account: Account) -> bool:
    """Tell whether the partner can be asked now: an officer asks, of a case that is not decided."""
    allowed = allowed_acts(CaseState(case.state), {CaseParty.OFFICER})
    return account.may(Capability.DECIDE_CASES) and bool(case.partner) and CaseAct.ASK in allowed


def _facts(case: Case, names: Names) -> tuple[tuple[str, str], ...]:
    nobody = _("nobody yet")
    facts = [
        (_("Partner"), names.organisation(case.partner)),
        (_("Service"), names.service(case.service)),
        (_("About"), _period(case)),
        (_("Opened"), words.moment(case.opened_at)),
        (_("In the hands of"), (case.assignee.get_full_name() or case.assignee.username) if case.assignee else nobody),
        (_("Code"), case.code),
    ]
    return tuple((label, told) for label, told in facts if told)


def _period(case: Case) -> str:
    if case.begins is None or case.ends is None:
        return ""
    first, last = words.local_day(case.begins), words.local_day(case.ends)
    told = {"first": words.day(first), "last": words.day(last)}
    return words.day(first) if first == last else _("%(first)s to %(last)s") % told


def _decision(case: Case) -> DecisionView | None:
    """Return the newest decision that holds or waits; one that was not confirmed is in the history."""
    newest = case.decisions.order_by("-id").select_related("confirmation").first()
    if newest is None or (case.decided_at is None and not case.proposed_by):
        return None
    return DecisionView(_outcome(newest), _told(newest), newest.reason, _second(newest))


def _second(decision: CaseDecision) -> str:
    if not hasattr(decision, "confirmation"):
        return ""
    one = decision.confirmation
    told = _("Confirmed by %(who)s, %(moment)s.") % {"who": one.by, "moment": words.moment(one.at)}
    return f"{told} {one.reason}".strip()


def _outcome(decision: CaseDecision) -> Badge:
    return Badge(str(Outcome(decision.outcome).label), OUTCOME_TONES[Outcome(decision.outcome)])


def _told(decision: CaseDecision) -> str:
    return _("%(who)s, %(moment)s") % {"who": decision.by, "moment": words.moment(decision.at)}


def _similar(case: Case, names: Names, door: Door) -> SimilarRow:
    newest = max(case.decisions.all(), key=lambda one: one.pk, default=None)
    return SimilarRow(
        code=case.code,
        address=door.address("case", case.code),
        sentence=case_sentence(case, names),
        outcome=present_case_state(case),
        told=_told(newest) if newest else "",
        reason=newest.reason if newest else "",
    )


def _ended(case: Case, similar: Similar, names: Names) -> str:
    if not similar.ended:
        return ""
    parts = [f"{words.figure(count)} {outcome.label}" for outcome, count in similar.ended.most_common()]
    return _("Of this detector at %(partner)s: %(ended)s.") % {
        "partner": names.organisation(case.partner),
        "ended": words.enumeration(parts),
    }
