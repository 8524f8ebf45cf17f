"""The production form hangs together: what compose.yaml and the Dockerfile name exists and is enough to start."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from kbi_audit.embedded.home import PROJECT
from kbi_audit.environment import Environment
from kbi_audit.run import PROCESSES
from kbi_audit.variables import settings_of
from tests.platform.processes import fresh_environment

if TYPE_CHECKING:
    from pathlib import Path

COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = sorted(name for name, service in SERVICES.items() if "build" in service)
SETTINGS = {setting.name: setting for setting in settings_of(Environment)}
PLAIN = {
    line.split("=")[0]
    for line in (PROJECT / ".env.example").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
}


def test_the_example_names_settings_that_exist_and_are_no_secrets() -> None:
    assert not PLAIN - SETTINGS.keys()
    assert not [name for name in PLAIN if SETTINGS[name].about.secret]


@pytest.mark.parametrize("name", OURS)
def test_every_required_setting_reaches_the_service(name: str) -> None:
    by_file = {variable.removesuffix("_FILE") for variable in SERVICES[name]["environment"]}
    required = {setting.name for setting in SETTINGS.values() if setting.required}
    assert required <= by_file | PLAIN
    assert by_file <= {setting.name for setting in SETTINGS.values() if setting.about.secret}


@pytest.mark.parametrize("name", SERVICES)
def test_every_secret_that_a_service_reads_is_given_to_it(name: str) -> None:
    given = set(SERVICES[name].get("secrets", []))
    assert given <= COMPOSE["secrets"].keys()
    read = set(re.findall(r"/run/secrets/(\w+)", json.dumps(SERVICES[name])))
    assert read == given


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_only_the_migration_knows_the_owner(name: str) -> None:
    assert not [secret for secret in SERVICES[name]["secrets"] if "owner" in secret or "admin" in secret]


def test_every_process_of_the_service_has_its_container() -> None:
    named = {service["command"][-1] for service in SERVICES.values() if "kbi_audit.run" in service.get("command", [])}
    assert named | {"web"} == set(PROCESSES)  # web is what the image does unless told otherwise
    assert importlib.util.find_spec("kbi_audit.healthcheck")


def test_the_image_is_built_from_what_the_dockerfile_copies(tmp_path: Path) -> None:
    for line in (PROJECT / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("COPY ") and "--from" not in line and "requirements" not in line:
            source = PROJECT / line.split()[1]
            if source.is_dir():
                shutil.copytree(source, tmp_path / source.name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
            else:
                shutil.copy(source, tmp_path)
    built = subprocess.run(
        [sys.executable, "-m", "kbi_audit.build"],
        cwd=tmp_path,
        env=fresh_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "staticfiles" / "staticfiles.json").exists()
