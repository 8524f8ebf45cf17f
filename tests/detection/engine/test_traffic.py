"""What detectors are given of a day is what the entries say, and the pseudonyms behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.detection.detectors.window import TRAFFIC
from compliance.detection.reading.pieces import CUT, read_pieces
from compliance.detection.reading.traffic import read_traffic
from compliance.exchanges import leaf as entry
from compliance.exchanges.people import dossier_lookup, person_lookup
from compliance.exchanges.read_leaf import read_leaf
from compliance.kernel.clock import BRUSSELS
from compliance.kernel.pseudonyms import short
from tests.detection.engine.worlds import DAY, MONDAY, recorded, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.exchanges.submission import Submission

pytestmark = pytest.mark.usefixtures("world")

EVERYTHING = 2**62
ODD = 'a "quoted"},"c \\ text, with a comma\tand }'.replace("\t", " ")


def _expected(report: Submission, leaf: entry.Leaf) -> Mapping[str, Any]:
    """Return what stands in a row, read as plainly as can be."""
    asker = report.asker
    person = report.subjects[0] if report.subjects else None
    reasons = [
        "/".join([one.code, *(one.detail if one.code == "category-outside" else one.detail[:1])])
        for one in leaf.verdict.reasons
    ]
    return {
        "exchange": leaf.id,
        "at": report.started_at,
        "hour": report.started_at.astimezone(BRUSSELS).hour,
        "application": asker.application,
        "group": None if asker.user is None else asker.user.group,
        "requested": ",".join(sorted(report.categories_requested)),
        "delivered": ",".join(sorted(report.categories_delivered)),
        "search_keys": ",".join(report.search_keys),
        "reasons": ",".join(reasons),
        "verdict": leaf.verdict.code,
        "authorisation": leaf.verdict.authorisation or "",
        "decision": "" if leaf.decision is None else "/".join([leaf.decision.finding, *leaf.decision.differs]),
        "reference": report.message_reference,
        "sequence": report.producer_sequence,
        "user": None if asker.user is None else short(person_lookup("VDAB", asker.user.kind, asker.user.value)),
        "person": None if person is None else short(person_lookup("VDAB", person.kind, person.value)),
        "dossier": None if report.dossier is None else short(dossier_lookup("VDAB", report.dossier)),
    }


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"subjects": [], "dossier": None},
        {"subjects": [], "dossier": "D-1"},
        {"subjects": [], "dossier": "D-1", "asker": {"organisation": "VDAB"}},
        {"asker": {"organisation": "VDAB", "application": ODD, "user": {"kind": "local", "value": "u", "group": ODD}}},
        {"asker": {"organisation": "VDAB", "user": {"kind": "local", "value": "u"}}, "chain": {"request_id": "r"}},
        {"categories_requested": ["TRAJECT", "HEALTH", "IDENTIFICATIE"], "categories_delivered": ["HEALTH"]},
        {"categories_requested": None, "categories_delivered": None, "search_keys": None},
        {"decision": "0199e1a0-0000-7000-8000-000000000000", "purpose": "ANDERS", "authorisation": "A/1"},
        {"search_keys": ["name", "insz"], "producer_sequence": 7, "dossier": "D-1"},
        {"producer": "VDAB", "environment": "acceptance", "trigger": "automatic"},
    ],
)
def test_a_row_says_what_the_entry_says(changes: dict[str, Any]) -> None:
    report = told("M-1", MONDAY, **changes)
    (identifier,) = recorded(report)
    traffic = read_traffic(MONDAY.date(), below=EVERYTHING)
    (row,) = traffic.rows.iter_rows(named=True)
    expected = _expected(report, read_leaf(exchange_id=identifier))
    assert {name: row[name] for name in expected} == expected
    assert traffic.rows.schema == TRAFFIC


def test_an_exchange_about_several_persons_has_a_row_for_each() -> None:
    several = [{"kind": "local", "value": f"p-{number}"} for number in range(3)]
    recorded(told("M-1", MONDAY, subjects=several, dossier="D-1"))
    rows = read_traffic(MONDAY.date(), below=EVERYTHING).rows
    assert set(rows.get_column("person")) == {short(person_lookup("VDAB", "local", f"p-{n}")) for n in range(3)}
    assert rows.get_column("dossier").n_unique() == 1
    assert rows.get_column("exchange").n_unique() == 1


def test_what_was_corrected_is_left_out_and_its_number_told() -> None:
    (wrong,) = recorded(told("M-1", MONDAY, producer_sequence=7))
    (right,) = recorded(told("C-1", MONDAY, producer_sequence=8, corrects=str(wrong)))
    traffic = read_traffic(MONDAY.date(), below=EVERYTHING)
    assert traffic.rows.get_column("exchange").to_list() == [str(right)]
    assert traffic.corrected.rows() == [("KBI", 7)]


def test_another_day_and_what_was_not_followed_are_left_out() -> None:
    recorded(told("M-1", MONDAY))
    assert read_traffic(MONDAY.date() + DAY, below=EVERYTHING).rows.is_empty()
    assert read_traffic(MONDAY.date(), below=0).rows.is_empty()


_texts = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)


@given(asked=st.lists(st.tuples(_texts, _texts), min_size=1, max_size=5))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_pieces_are_read_whatever_text_they_hold(asked: list[tuple[str, str]]) -> None:
    cut = pl.DataFrame(
        [
            (
                entry.encode({"asker": {"application": name, "organisation": "X", "user_group": group}}).decode()[1:-1],
                None,
                None,
                None,
                '"verdict":{"code":"covered","register_revision":1}}',
            )
            for name, group in asked
        ],
        schema=CUT,
        orient="row",
    )
    read = read_pieces(cut)
    assert list(zip(read.get_column("application"), read.get_column("group"), strict=True)) == asked
