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
OURS = sorted(name for name, service in SERVICES.items() if "env_file" in service)
APART = ["signer", "witness"]
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


@pytest.mark.parametrize("name", APART)
def test_who_signs_or_witnesses_has_nothing_of_the_services(name: str) -> None:
    """Neither its user, nor a setting, a secret, a folder that it may write, or the way to its database."""
    service, others = SERVICES[name], [SERVICES[other] for other in SERVICES if other != name]
    assert "env_file" not in service
    assert service["user"] not in {other.get("user") for other in others} | {"10001"}
    assert not set(service["secrets"]) & {secret for other in others for secret in other.get("secrets", [])}
    writable = {volume for volume in service["volumes"] if not volume.endswith(":ro")}
    assert not writable & {volume for other in others for volume in other.get("volumes", [])}
    networks = set(service["networks"])
    assert not networks & {
        network for at in ("postgres", "valkey") for network in SERVICES[at].get("networks", ["default"])
    }
    assert all(COMPOSE["networks"][network]["internal"] for network in networks)


def test_what_a_process_writes_lies_on_a_volume_or_in_memory() -> None:
    for service in SERVICES.values():
        if service.get("read_only"):
            assert "/tmp" in service["tmpfs"]  # noqa: S108 - what the file says
    named = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert {name for name in named if not name.startswith("./")} == COMPOSE["volumes"].keys()


@pytest.mark.parametrize("name", ["web", "worker", "beat", "sealer"])
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
