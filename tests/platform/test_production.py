"""Production settings pass Django's own deployment checks, and refuse to start half configured."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kbi_audit.demo.authority_files import make_authority
from kbi_audit.demo.ledger_keys import write_policy
from kbi_audit.embedded.home import PROJECT, Machine
from kbi_audit.environment import Environment
from kbi_audit.variables import read
from tests.platform.test_environment import COMPLETE

if TYPE_CHECKING:
    from pathlib import Path


def production(*arguments: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, PROJECT / "manage.py", *arguments],
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "kbi_audit.settings.production", **environ},
        capture_output=True,
        text=True,
        check=False,
    )


STRONG = {**COMPLETE, "SECRET_KEY": "a-Long_and/varied+secret=0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


@pytest.fixture
def watched(tmp_path: Path) -> dict[str, str]:
    """Return the settings of a ledger that is signed, witnessed, timestamped and kept twice."""
    make_authority(tmp_path / "authority", name="Authority")
    policy = write_policy(tmp_path, origins=read(Environment, STRONG).log_origins.values(), made=Machine())
    return {
        "SIGNER_URL": "http://signer:8100",
        "WITNESS_POLICY_FILE": str(policy),
        "TIMESTAMP_URL": "http://tsa.example/",
        "TIMESTAMP_AUTHORITY_FILE": str(tmp_path / "authority" / "root.pem"),
        "TILE_STORE": str(tmp_path / "tiles"),
    }


def check(environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return production("check", "--deploy", "--fail-level", "WARNING", environ=environ)


def test_the_deployment_check_finds_nothing(watched: dict[str, str]) -> None:
    checked = check({**STRONG, **watched})
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout + checked.stderr


def test_the_deployment_check_tells_who_does_not_watch_over_the_ledger() -> None:
    checked = check(STRONG)
    assert checked.returncode == 1
    assert re.findall(r"kbi_audit\.\w+", checked.stderr) == [f"kbi_audit.W00{number}" for number in range(1, 5)]


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"WITNESS_POLICY_FILE": "/nowhere"}, ["E001"]),
        ({"WITNESS_POLICY_FILE": __file__}, ["E001"]),
        ({"OVERSIGHT_LOG_ORIGIN": "another.example/oversight"}, ["E002"]),
        ({"SIGNER_URL": ""}, ["E003", "W001"]),
        ({"TIMESTAMP_AUTHORITY_FILE": ""}, ["E004"]),
        ({"TIMESTAMP_AUTHORITY_FILE": __file__}, ["E005"]),
    ],
)
def test_a_file_about_whom_to_believe_that_cannot_serve_is_found(
    changed: dict[str, str], found: list[str], watched: dict[str, str]
) -> None:
    checked = check({**STRONG, **watched, **changed})
    assert checked.returncode == 1
    assert sorted(re.findall(r"kbi_audit\.(\w+)", checked.stderr)) == found


def test_a_missing_variable_stops_start_up_with_a_message_and_no_traceback() -> None:
    others = {name: value for name, value in COMPLETE.items() if name != "LOOKUP_KEY"}
    stopped = production("check", environ=others)
    assert stopped.returncode != 0
    assert "LOOKUP_KEY is missing" in stopped.stderr
    assert "Traceback" not in stopped.stderr
