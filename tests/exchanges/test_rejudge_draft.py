"""What if a draft had stood: history is judged as if its instrument had said so all along."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from compliance.authorisations.put_in_place import put_in_place, read_terms
from compliance.authorisations.snapshot import current_snapshot
from compliance.exchanges.record import record
from compliance.exchanges.rejudge import rejudge
from compliance.exchanges.rejudgement import ChangedReason, Rejudgement
from compliance.kernel.errors import InvalidInputError
from tests.exchanges.world import GATEWAY, report

if TYPE_CHECKING:
    from pathlib import Path

    from compliance.authorisations.terms import Terms

pytestmark = pytest.mark.usefixtures("world")


def asked(number: int, **changes: Any) -> str:
    """Record an exchange of March 2016, and return its id."""
    told = report(message_reference=f"r-{number}", started_at=f"2016-03-{number:02d}T09:00:00Z", **changes)
    return str(record(reports=[told], reporter=GATEWAY)[0].id)


def standing() -> Terms:
    """Return the one version of the protocol."""
    (terms,) = (version for version in current_snapshot().terms if version.authorisation == "TEST-PROTOCOL")
    return terms


def with_draft(draft: Terms, **options: Any) -> Rejudgement:
    """Judge March 2016 as if a draft had stood."""
    terms = put_in_place(current_snapshot().terms, draft)
    return rejudge(**{"first": date(2016, 3, 1), "last": date(2016, 3, 31), "terms": terms, **options})


def test_what_a_draft_would_cover_and_no_longer_cover_is_told_with_its_reasons() -> None:
    lost = asked(1)
    won = asked(2, purpose="ANDERS", categories_requested=["IDENTIFICATIE"])
    asked(3, categories_requested=["IDENTIFICATIE", "INKOMEN"])
    draft = replace(standing(), categories=frozenset({"IDENTIFICATIE"}), purposes=frozenset({"BEMIDDELING", "ANDERS"}))
    found = with_draft(draft)
    assert (found.judged, found.newly_outside, found.newly_covered) == (3, 1, 1)
    assert {str(one.id): (one.old, one.new) for one in found.examples} == {
        lost: ("covered", "category-outside"),
        won: ("purpose-outside", "covered"),
    }
    assert set(found.reasons) == {
        ChangedReason(covered=False, reason="category-outside", what="TRAJECT", exchanges=1),
        ChangedReason(covered=True, reason="purpose-outside", what="ANDERS", exchanges=1),
    }
    with override("en"):
        first = next(found.sentences(draft="AANVR-1"))
    assert first.startswith("If AANVR-1 had stood, 1 exchanges from March 1, 2016 to March 31, 2016 that were covered")


def test_a_draft_that_says_the_same_changes_nothing() -> None:
    asked(1)
    asked(2, purpose="ANDERS")
    assert with_draft(standing()).changes == ()


def test_a_draft_stands_in_the_period_of_each_version_and_no_longer() -> None:
    ended = replace(standing(), valid_until=int(datetime(2016, 3, 5, tzinfo=UTC).timestamp() * 1_000_000))
    asked(1)
    asked(9)
    draft = replace(standing(), number=9, valid_from=0, valid_until=None)
    found = rejudge(first=date(2016, 3, 1), last=date(2016, 3, 31), terms=put_in_place([ended], draft))
    assert found.by_verdict() == {("covered", "expired"): 1}
    (placed,) = put_in_place([ended], draft)
    assert (placed.number, placed.valid_from, placed.valid_until) == (1, ended.valid_from, ended.valid_until)


def test_a_new_instrument_is_added_as_if_it_had_always_stood() -> None:
    asked(1, asker={"organisation": "VMSW"})
    draft = replace(standing(), authorisation="NEW", recipients=frozenset({"VMSW"}))
    found = with_draft(draft)
    assert found.newly_covered == 1
    assert found.examples[0].authorisation == "NEW/1"


def test_so_many_are_named_of_each_difference() -> None:
    for number in range(1, 5):
        asked(number)
        asked(number + 10, purpose="ANDERS")
    draft = replace(standing(), purposes=frozenset({"ANDERS"}))
    examples = with_draft(draft, examples=2).examples
    assert sorted(one.old for one in examples) == ["covered", "covered", "purpose-outside", "purpose-outside"]


def test_it_says_how_far_it_looked() -> None:
    for number in (1, 2, 20):
        asked(number)
    found = with_draft(replace(standing(), routes=frozenset({"KSZ"})), most=2)
    assert (found.judged, found.differing) == (2, 2)
    assert found.stopped_at == datetime(2016, 3, 20, 9, tzinfo=UTC)
    with override("en"):
        assert any("March 20, 2016, 10 a.m." in sentence for sentence in found.sentences(draft="X"))
    assert with_draft(standing(), most=3).stopped_at is None


def test_what_a_file_leaves_out_stays_as_it_is() -> None:
    terms = read_terms(b'{"authorisation": "TEST-PROTOCOL", "categories": ["TRAJECT"]}', standing=[standing()])
    assert terms == replace(standing(), categories=frozenset({"TRAJECT"}))
    hours = b'{"authorisation": "TEST-PROTOCOL", "conditions": {"hours": {"from": "08:00", "until": "18:00"}}}'
    limits = read_terms(hours, standing=[standing()]).conditions.hours
    assert limits is not None
    assert limits.start == "08:00"


@pytest.mark.parametrize(
    "written", [b"{", b'{"categories": []}', b'{"authorisation": "NEW"}', b'{"authorisation": "X", "recipient": "Y"}']
)
def test_a_file_that_is_no_terms_is_refused(written: bytes) -> None:
    with pytest.raises(InvalidInputError):
        read_terms(written, standing=[standing()])


def test_the_command_takes_a_file(tmp_path: Path) -> None:
    asked(1)
    written = tmp_path / "draft.json"
    written.write_text('{"authorisation": "TEST-PROTOCOL", "routes": ["KSZ"]}')
    out = io.StringIO()
    call_command("rejudge", "--from=2016-03-01", "--to=2016-03-31", f"--terms={written}", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["newly_outside"], told["newly_covered"], told["stopped_at"]) == (1, 0, None)
    assert told["reasons"] == [{"covered": False, "reason": "route-outside", "what": "MAGDA", "exchanges": 1}]
    both = [f"--terms={written}", "--request=AANVR-1"]
    for options, said in ((both, "one thing at a time"), (["--request=AANVR-1"], "no request AANVR-1")):
        with pytest.raises(CommandError, match=said):
            call_command("rejudge", "--from=2016-03-01", "--to=2016-03-31", *options)
