"""The examples of docs/gate.md, run as they stand there."""

from __future__ import annotations

import json
import os
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from kbi_audit.embedded.home import PROJECT

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

PAGE = (PROJECT / "docs" / "gate.md").read_text()
COMMANDS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
ANSWERS = [json.loads(found) for found in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
ELLIPSIS = "…"
CHANGING = {"decision_id", "issued_at", "register_revision"}


def run(command: str, *, server: LiveServer, token: str) -> Any:
    """Run an example in a shell, and read what it prints."""
    environment = {**os.environ, "ADDRESS": server.url, "TOKEN": token}
    done = subprocess.run(["bash", "-ec", command], env=environment, capture_output=True, check=True, timeout=60)
    return json.loads(done.stdout)


def without_what_changes(answer: dict[str, Any], shown: dict[str, Any]) -> tuple[Any, Any]:
    """Return both without identifiers and moments of now, and without what the page leaves out."""
    told = {name: value for name, value in answer["context"].items() if name not in CHANGING}
    page = {name: value for name, value in shown["context"].items() if name not in CHANGING | {ELLIPSIS}}
    if ELLIPSIS in shown["context"]:
        told = {name: told[name] for name in page}
    return {**answer, "context": told}, {**shown, "context": page}


@pytest.mark.django_db(transaction=True)
def test_every_example_of_the_page_is_answered_as_it_says(live_server: LiveServer, magda_gateway_token: str) -> None:
    one, denied, several = (run(command, server=live_server, token=magda_gateway_token) for command in COMMANDS)
    for answer, shown in zip((one, denied), ANSWERS, strict=True):
        told, page = without_what_changes(answer, shown)
        assert told == page
    assert [answer["decision"] for answer in several["evaluations"]] == [True, False]
