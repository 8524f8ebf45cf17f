"""Whatever the people of two organisations try, in whatever order: only what the rules allow happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from compliance.authorisations import snapshot
from compliance.authorisations.judgement import Shape
from compliance.authorisations.requests.content import content_digest
from compliance.authorisations.requests.draft_request import draft_request
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.possible import possible_acts
from compliance.authorisations.requests.standing_advice import OFFICERS, standing_advice
from compliance.authorisations.requests.states import leads
from compliance.authorisations.requests.vocabulary import RequestAct, RequestState
from compliance.authorisations.requests.with_steps import with_steps
from compliance.authorisations.vocabulary import Verdict
from compliance.kernel.clock import microseconds, now
from compliance.kernel.errors import ComplianceError, ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from compliance.oversight.models import Act
from tests.authorisations.requests import asking, model
from tests.authorisations.requests.asking import again
from tests.authorisations.requests.walking import ACTS, change
from tests.properties import patient

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

PEOPLE = (
    "officer", "second-officer", "auditor", "operator", "vdab-requester", "vdab-dpo", "vmsw-requester", "nobody",
)  # fmt: skip
TAKES_PART = PEOPLE[:2] + PEOPLE[3:6]
QUESTION = Shape(
    "VDAB", "KBI", "KBI-DOSSIER", "1.0", "JOB-MEDIATION", "VDAB-2004", ("IDENTIFICATION",), "MAGDA", "production"
)
S = RequestState


class Walk(RuleBasedStateMachine):
    """One request of VDAB's, and everybody at it."""

    cast: Mapping[str, Account]

    def __init__(self) -> None:
        """Begin a draft within a transaction of its own, which is rolled back."""
        super().__init__()
        self.hold = transaction.atomic()
        self.hold.__enter__()
        snapshot._latest = None  # noqa: SLF001 - a revision that was rolled back is counted again
        account = self.cast["vdab-requester"]
        begun = draft_request(account=account)
        self.request = draft_request(account=account, content=asking.complete(begun.said))
        self.model = model.Model()
        self.number = 0
        self.decided: tuple[int, str, str] | None = None

    def teardown(self) -> None:
        """Take everything back."""
        transaction.set_rollback(True)
        self.hold.__exit__(None, None, None)

    def _try(self, act: str, who: str) -> None:
        self.number += 1
        before = again(self.request)
        acts = Act.objects.count()
        expected = self.model.may(act, who)
        try:
            with transaction.atomic():
                ACTS[act](before, self.cast[who], self.number)
        except ComplianceError as error:
            self._refused(before, who, error, acts)
            refused = True
        else:
            refused = False
        assert refused is not expected, f"{who}, {act}, {before.state}"
        if refused:
            return
        self.model.done(act, who)
        after = again(self.request)
        moved = RequestAct.DECIDE if act == "refuse" else RequestAct(act)
        assert leads(moved, S(before.state), S(after.state))
        if moved is RequestAct.DECIDE:
            decision = after.requestdecisions.get()
            assert (decision.state, decision.text.digest) == (S.READY, content_digest(before.said))
            self.decided = (decision.pk, decision.state, decision.text.digest)

    def _refused(self, before: AuthorisationRequest, who: str, error: ComplianceError, acts: int) -> None:
        """See that nothing was kept, and that a stranger cannot tell another partner's request from nothing."""
        assert isinstance(error, ConflictError | ForbiddenError | InvalidInputError | NotFoundError)
        if who in {"vmsw-requester", "nobody"}:
            assert isinstance(error, NotFoundError)
        assert Act.objects.count() == acts
        assert (again(self.request).state, again(self.request).changed_at) == (before.state, before.changed_at)

    @rule(act=st.sampled_from(list(ACTS)), who=st.sampled_from(PEOPLE))
    def anybody_tries_anything(self, act: str, who: str) -> None:
        """Whoever it is."""
        self._try(act, who)

    @rule(choice=st.randoms(use_true_random=False))
    def somebody_does_what_is_allowed(self, choice: object) -> None:
        """So that walks come far."""
        forward = [(a, w) for a in ACTS for w in TAKES_PART if a not in _BACK and self.model.may(a, w)]
        if forward:
            self._try(*choice.choice(forward))  # type: ignore[attr-defined]

    @precondition(lambda self: self.model.state in {S.DRAFT, S.RETURNED})
    @rule(material=st.booleans())
    def the_requester_changes_what_it_says(self, material: bool) -> None:  # noqa: FBT001 - Hypothesis names it
        """Materially, or only what it is called."""
        self.number += 1
        change(again(self.request), self.cast["vdab-requester"], self.number, material=material)
        self.model.text += material

    @invariant()
    def it_stands_where_the_rules_say(self) -> None:
        """And every step is there."""
        request = again(self.request)
        assert request.state == self.model.state
        assert request.requestevents.count() == self.model.steps

    @invariant()
    def a_material_change_leaves_no_advice(self) -> None:
        """Advice stands for the text that it was about."""
        sides = {adviser for adviser in standing_advice(again(self.request)) if adviser in OFFICERS}
        assert len(sides) == bool(self.model.advisers & model.OFFICERS) + bool(self.model.advisers & model.PARTNERS)

    @invariant()
    def each_is_offered_exactly_what_would_succeed(self) -> None:
        """So that a screen never offers what a verb refuses."""
        request = with_steps(AuthorisationRequest.objects.filter(pk=self.request.pk)).get()
        for who in TAKES_PART:
            offered = {one.act for one in possible_acts(request, self.cast[who]) if one.hindrance is None}
            if self.model.text in self.model.answered:  # the other committee may be asked too
                offered.discard(RequestAct.ASK_EXTERNAL)
            assert offered == {RequestAct(act) for act in ACTS if act != "refuse" and self.model.may(act, who)}

    @invariant()
    def a_decision_stays_what_it_was(self) -> None:
        """Also when the request goes on."""
        if self.decided is not None:
            key, state, digest = self.decided
            kept = again(self.request).requestdecisions.get(pk=key)
            assert (kept.state, kept.text.digest) == (state, digest)

    @invariant()
    def the_verdict_covers_what_was_granted_and_production_only_when_live(self) -> None:
        """Versions are registered when granted and when put into production, and never else."""
        granted = again(self.request).granted
        assert (granted.versions.count() if granted else 0) == self.model.versions
        allowed = granted is not None and self.model.state not in {S.SUSPENDED, S.WITHDRAWN}
        assert self._covered("acceptance") == allowed
        assert self._covered("production") == (allowed and self.model.state is S.IN_PRODUCTION)

    def _covered(self, environment: str) -> bool:
        granted = again(self.request).granted
        if granted is None:
            return False
        at = microseconds(now())
        judged = snapshot.current_snapshot().coverage.judge(QUESTION._replace(environment=environment), at=at)
        by_this = judged.authorisation.partition("/")[0] == granted.code
        return by_this and judged.verdict is Verdict.COVERED


_BACK = {RequestAct.WITHDRAW, RequestAct.RETURN, "refuse", RequestAct.ASK_EXTERNAL}


@pytest.mark.django_db
def test_only_what_the_rules_allow_happens(cast: Mapping[str, Account]) -> None:
    machine = type("Walk", (Walk,), {"cast": cast})
    few = settings(patient, max_examples=8, stateful_step_count=24)
    run_state_machine_as_test(machine, settings=few)
