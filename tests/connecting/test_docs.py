"""The examples of docs/connecting.md are answered as it says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from django.utils.translation import override

from compliance.api.v1 import tested as answers
from compliance.connecting.self_test.hints import HintKind
from compliance.connecting.self_test.run_self_test import run_self_test
from compliance.connecting.self_test.tester import person_as_tester
from compliance.connecting.vocabulary import Check
from compliance.kernel.clock import now
from tests.connecting.partners import person_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

TEXT = (Path(__file__).parents[2] / "docs" / "connecting.md").read_text()


def examples() -> list[dict[str, Any]]:
    """Return the JSON of the page."""
    return [json.loads(found) for found in re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)]


def answered(report: dict[str, Any]) -> dict[str, Any]:
    """Return what a self-test of the vendor answers about one report."""
    tester = person_as_tester(person_of("LEVERANCIER-B"), at=now())
    with override("en"):
        answer = answers.tested(run_self_test(octets=json.dumps(report).encode(), tester=tester))
    found: dict[str, Any] = json.loads(msgspec.json.encode(answer))["samples"][0]
    return found


@pytest.mark.django_db
def test_the_report_is_covered_and_deserves_no_remark(cast: Mapping[str, Account]) -> None:
    found = answered(examples()[0])
    assert (found["verdict"]["code"], found["hints"], found["unknown_codes"]) == ("covered", [], [])


@pytest.mark.django_db
def test_the_answer_is_the_one_that_is_given(cast: Mapping[str, Account]) -> None:
    report, expected = examples()
    report["purpose"] = "SOCIAL-SERVICES"
    del report["chain"]
    found = answered(report)
    assert {name: found[name] for name in expected} == expected


def test_every_check_and_every_remark_is_told() -> None:
    for code in (*Check, *HintKind):
        assert f"`{code.value}`" in TEXT
