"""Leaves are canonical JSON (RFC 8785), byte for byte, as an independent encoder writes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from compliance.authorisations.usage import Usage
from compliance.exchanges import leaf as entry
from compliance.exchanges.prepare import Preparer, key
from compliance.kernel.actor import system
from compliance.kernel.canonical import encode, is_canonical_text
from compliance.kernel.clock import now
from tests.authorisations.questions import registers, snapshot_of
from tests.exchanges.random_reports import codes, reports, texts
from tests.properties import patient

if TYPE_CHECKING:
    from compliance.authorisations.terms import Terms
    from compliance.exchanges.submission import Submission


@patient
@given(st.lists(reports(codes | st.sampled_from("AB")), min_size=1, max_size=3), registers)
def test_every_leaf_that_the_writer_prepares_is_canonical(told: list[Submission], terms: list[Terms]) -> None:
    snapshot = snapshot_of(terms)
    preparer = Preparer(snapshot=snapshot, usage=Usage(), received_at=now(), actor=system("test"))
    for prepared in preparer.prepare([key(one, producer="KBI") for one in told]):
        assert rfc8785.dumps(json.loads(prepared.leaf)) == prepared.leaf
        assert entry.encode(entry.decode(prepared.leaf)) == prepared.leaf


names = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts(12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)


@patient
@given(st.dictionaries(names, values, max_size=5))
def test_within_the_profile_the_fast_encoder_writes_what_the_rfc_asks(told: dict[str, Any]) -> None:
    assert encode(told) == rfc8785.dumps(told)


def test_text_that_the_two_would_write_differently_or_not_at_all_is_refused() -> None:
    for good in ("", "a", "Mijn loopbaan", "Möbius", "𝄞", "a\u200db"):
        assert is_canonical_text(good)
    for bad in ("\x00", "a\nb", "\x7f", "é\x1f", "e\u0301", "\ud800", "a\udfff"):
        assert not is_canonical_text(bad)
