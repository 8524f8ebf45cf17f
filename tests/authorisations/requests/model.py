"""A request as its rules read, without a database: who may do what now, and where that leads.

Written apart from the table that the service asks, so that neither can be wrong alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from compliance.authorisations.requests.vocabulary import RequestAct, RequestState
from tests.authorisations.requests.walking import REFUSE

A, S = RequestAct, RequestState
OFFICERS = frozenset({"officer", "second-officer"})
PARTNERS = frozenset({"vdab-requester", "vdab-dpo"})
TESTERS = OFFICERS | {"operator"}
LOOKED_AT = frozenset({S.SUBMITTED, S.ADVICE, S.EXTERNAL, S.READY})
STANDING = frozenset({S.GRANTED, S.SIGNED, S.PUBLISHED, S.IN_TEST, S.IN_PRODUCTION, S.SUSPENDED})
PEOPLE_A_SIDE = 2


@dataclass
class Model:
    """What is known of one request."""

    state: RequestState = S.DRAFT
    text: int = 0
    advised: dict[int, set[str]] = field(default_factory=dict)
    asked: bool = False
    answered: set[int] = field(default_factory=set)
    signed: set[str] = field(default_factory=set)
    versions: int = 0
    steps: int = 1

    @property
    def advisers(self) -> set[str]:
        """Who advised on the present text."""
        return self.advised.setdefault(self.text, set())

    @property
    def awaits_committee(self) -> bool:
        """Whether the committee still has to say what it thinks of this text."""
        return self.asked and self.text not in self.answered

    def _waiting(self) -> RequestState:
        sides = bool(self.advisers & OFFICERS) + bool(self.advisers & PARTNERS)
        if sides == PEOPLE_A_SIDE:
            return S.EXTERNAL if self.awaits_committee else S.READY
        return S.ADVICE if sides else S.SUBMITTED

    def may(self, act: str, who: str) -> bool:  # noqa: C901, PLR0911, PLR0912 - as the rules read
        """Tell whether this person may do this now."""
        match act:
            case A.SUBMIT:
                return self.state in {S.DRAFT, S.RETURNED} and who == "vdab-requester"
            case A.ADVISE:
                return self.state in LOOKED_AT and who in OFFICERS | {"vdab-dpo"}
            case A.ASK_EXTERNAL:
                early = self.state in LOOKED_AT - {S.EXTERNAL} and not self.awaits_committee
                return early and self.text not in self.answered and who in OFFICERS
            case A.RECORD_EXTERNAL:
                return self.state in LOOKED_AT and self.awaits_committee and who in OFFICERS
            case A.RETURN:
                return self.state in LOOKED_AT and who in OFFICERS
            case A.DECIDE | "refuse":
                return self.state is S.READY and who in OFFICERS - self.advisers
            case A.SIGN:
                side = OFFICERS if who in OFFICERS else PARTNERS
                room = len(self.signed & side) < PEOPLE_A_SIDE and who not in self.signed
                return self.state is S.GRANTED and who in OFFICERS | PARTNERS and room
            case A.PUBLISH:
                return self.state is S.SIGNED and who in OFFICERS
            case A.START_TEST:
                return self.state is S.PUBLISHED and who in TESTERS
            case A.GO_LIVE:
                return self.state is S.IN_TEST and who in TESTERS
            case A.SUSPEND:
                return self.state is S.IN_PRODUCTION and who in OFFICERS
            case A.RESUME:
                return self.state is S.SUSPENDED and who in OFFICERS
            case A.WITHDRAW:
                early = self.state in LOOKED_AT | {S.DRAFT, S.RETURNED} and who == "vdab-requester"
                return early or (self.state in STANDING and who in OFFICERS | {"vdab-requester"})
            case _:
                raise AssertionError(act)

    def done(self, act: str, who: str) -> None:
        """Take one step."""
        self.steps += 1
        match act:
            case A.ADVISE:
                self.advisers.add(who)
            case A.ASK_EXTERNAL:
                self.asked = True
            case A.RECORD_EXTERNAL:
                self.answered.add(self.text)
            case A.SIGN:
                self.signed.add(who)
            case A.DECIDE | A.GO_LIVE:
                self.versions += 1
        match act:
            case A.SUBMIT | A.ADVISE | A.ASK_EXTERNAL | A.RECORD_EXTERNAL:
                self.state = self._waiting()
            case A.SIGN:
                self.state = S.SIGNED if self.signed == OFFICERS | PARTNERS else S.GRANTED
            case _:
                self.state = _LEADS_TO[act]


_LEADS_TO: dict[str, RequestState] = {
    A.RETURN: S.RETURNED,
    A.DECIDE: S.GRANTED,
    REFUSE: S.REFUSED,
    A.PUBLISH: S.PUBLISHED,
    A.START_TEST: S.IN_TEST,
    A.GO_LIVE: S.IN_PRODUCTION,
    A.SUSPEND: S.SUSPENDED,
    A.RESUME: S.IN_PRODUCTION,
    A.WITHDRAW: S.WITHDRAWN,
}
