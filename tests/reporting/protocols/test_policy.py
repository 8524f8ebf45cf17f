"""A policy, read by somebody else's library, permits exactly what the verdict covers."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.authorisations.covers import Coverage
from compliance.authorisations.vocabulary import Verdict
from compliance.reporting.protocols.policy import policy_of
from compliance.reporting.protocols.terms_of import version_terms
from compliance.reporting.protocols.vocabulary import term
from tests.authorisations.questions import groups, moments, registers, shapes, usages
from tests.properties import patient
from tests.reporting.protocols.reading import Policy

if TYPE_CHECKING:
    from compliance.authorisations.judgement import Shape
    from compliance.authorisations.terms import Terms
    from compliance.authorisations.usage import Usage


def written(terms: list[Terms], one: Terms) -> str:
    """Return the policy of a version, as it is handed out."""
    version = version_terms(terms, one.authorisation, one.number)
    assert version is not None
    return json.dumps(policy_of(version))


@settings(patient, max_examples=30)
@given(registers, st.lists(st.tuples(shapes, moments, groups), min_size=1, max_size=12), usages)
def test_all_policies_together_permit_what_the_verdict_covers(
    terms: list[Terms], asked: list[tuple[Shape, int, str | None]], usage: Usage
) -> None:
    coverage = Coverage(terms)
    policies = [Policy(written(terms, one)) for one in terms]
    for shape, at, group in asked:
        judged = coverage.judge(shape, at=at, user_group=group, usage=usage)
        permitted = any(policy.permits(shape, at=at, user_group=group, usage=usage) for policy in policies)
        assert permitted == (judged.verdict is Verdict.COVERED), judged


@settings(patient, max_examples=20)
@given(registers)
def test_the_plain_terms_bear_the_digest_of_their_canonical_form(terms: list[Terms]) -> None:
    for one in terms:
        policy = json.loads(written(terms, one))
        plain = policy[term("terms")]["@value"]
        assert plain["version"] == one.reference == policy["dct:identifier"]
        assert policy[term("terms-sha256")] == sha256(rfc8785.dumps(plain)).hexdigest()
