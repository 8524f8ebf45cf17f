"""The command by which an operator lets detectors look."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from compliance.detection.models import Finding
from tests.detection.engine.worlds import DAY, MONDAY, found, recorded, told
from tests.sealing import seal_everything

pytestmark = [pytest.mark.alone, pytest.mark.usefixtures("world")]


def detect(*told: str) -> dict[str, Any]:
    """Run the command, and return what it tells a script."""
    out = StringIO()
    call_command("detect", "--json", *told, stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def test_it_looks_at_what_is_due_and_tells_what_waits() -> None:
    recorded(told("M-1", MONDAY), told("M-2", MONDAY + DAY))
    seal_everything(1)
    done = detect()
    assert (done["days"], done["exchanges"], done["findings"], done["waiting"]) == (2, 2, 3, 0)
    assert detect()["days"] == 0


def test_it_looks_at_history_again_and_finds_the_same() -> None:
    recorded(told("M-1", MONDAY), told("M-2", MONDAY + DAY))
    seal_everything(1)
    detect()
    before = found()
    Finding.objects.all().delete()
    done = detect("--since", "2016-03-07", "--until", "2016-03-08")
    assert (done["days"], done["findings"]) == (2, 3)
    assert found() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--since", "2016-03-07"], "both --since and --until"),
        (["--since", "2016-03-07", "--until", "2016-03-06"], "must not be before"),
        (["--detector", "no-cover"], "needs --since and --until"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_do(arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("detect", *arguments)
