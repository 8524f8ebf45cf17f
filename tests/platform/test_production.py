"""Production settings pass Django's own deployment checks, and refuse to start half configured."""

from __future__ import annotations

import os
import subprocess
import sys

from kbi_audit.embedded.home import PROJECT
from tests.platform.test_environment import COMPLETE


def production(*arguments: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, PROJECT / "manage.py", *arguments],
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "kbi_audit.settings.production", **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deployment_check_finds_nothing() -> None:
    environ = {**COMPLETE, "SECRET_KEY": "a-Long_and/varied+secret=0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    checked = production("check", "--deploy", "--fail-level", "WARNING", environ=environ)
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout + checked.stderr


def test_a_missing_variable_stops_start_up_with_a_message_and_no_traceback() -> None:
    others = {name: value for name, value in COMPLETE.items() if name != "LOOKUP_KEY"}
    stopped = production("check", environ=others)
    assert stopped.returncode != 0
    assert "LOOKUP_KEY is missing" in stopped.stderr
    assert "Traceback" not in stopped.stderr
