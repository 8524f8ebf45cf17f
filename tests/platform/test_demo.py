"""`make demo` opens, stops cleanly, goes on with what is there, and tells when a process dies."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from kbi_audit.embedded.home import PROJECT, free_port
from tests.platform.processes import children_of, fresh_environment, wait_until_gone

if TYPE_CHECKING:
    from collections.abc import Iterator

SCALE = "1/100000"
PATIENCE = 120.0
KEPT = ("ledger/signer-1.key", "ledger/policy.txt", "timestamps/root.pem")

WITHOUT_OPENSSL = """
from kbi_audit.demo.independents import running_independents
from kbi_audit.embedded.home import HOME
with running_independents(HOME, signer=False, authority=True) as processes:
    print(len(processes), "processes")
"""


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """Make a home that the tests of this module share, so that the second demo finds what the first one left."""
    folder = Path(tempfile.mkdtemp(prefix="kbi-home-"))
    yield folder
    shutil.rmtree(folder)


@contextmanager
def demo(home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a demo until it is ready, and yield it with its address; afterwards it is gone."""
    environ = {**fresh_environment(), "KBI_HOME": str(home), "WEB_PORT": str(free_port())}
    command = [sys.executable, "-m", "kbi_audit.demo", "--scale", SCALE]
    with subprocess.Popen(
        command, env=environ, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield process, wait_until_ready(process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)


def wait_until_ready(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    said = ""
    patience = threading.Timer(PATIENCE, process.terminate)
    patience.start()
    try:
        for line in process.stdout:
            said += line
            if found := re.search(r"is ready after .*\s+(http://\S+)$", said):
                return found[1]
    finally:
        patience.cancel()
    pytest.fail(f"the demo ended before it was ready:\n{said}")


def wait_until_remembered(ledger: Path) -> None:
    """Wait until signer and both witnesses have signed a head of the year that was replayed."""
    deadline = time.monotonic() + PATIENCE
    for who in ("signer", "first-witness", "second-witness"):
        while not [path for path in (ledger / who).iterdir() if len(path.name) == 64]:
            assert time.monotonic() < deadline, f"{who} has signed nothing"
            time.sleep(0.05)


def ask(address: str) -> int:
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=10)) as connection:
        connection.request("GET", "/health/ready")
        with connection.getresponse() as answer:
            return answer.status


def test_it_opens_and_stops_cleanly_and_goes_on_the_next_time(home: Path) -> None:
    made = []
    for _time in range(2):
        with demo(home) as (process, address):
            assert ask(address) == 200
            wait_until_remembered(home / "ledger")
            started = children_of(process.pid)
            made.append([(home / name).read_bytes() for name in ("machine.json", *KEPT)])
        assert process.returncode == 0
        for pid in started:
            wait_until_gone(pid)
    assert made[0] == made[1]


def test_a_process_that_dies_is_told_and_stops_the_rest(home: Path) -> None:
    with demo(home) as (process, _address):
        started = children_of(process.pid)
        signer = next(pid for pid in started if "manage.py\0signer" in command_of(pid))
        os.kill(signer, signal.SIGKILL)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "The signer process ended with status -9" in said
    for pid in started:
        wait_until_gone(pid)


def test_without_openssl_it_says_that_nothing_is_timestamped_and_goes_on(tmp_path: Path) -> None:
    folders = [folder for folder in os.environ["PATH"].split(os.pathsep) if not Path(folder, "openssl").exists()]
    for program in ("setpriv", "sh"):
        (tmp_path / program).symlink_to(Path(str(shutil.which(program))).resolve())
    said = subprocess.run(
        [sys.executable, "-c", WITHOUT_OPENSSL],
        env={**fresh_environment(), "PATH": os.pathsep.join([*folders, str(tmp_path)]), "KBI_HOME": str(tmp_path)},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "Nothing is timestamped" in said
    assert said.endswith("0 processes\n")


def test_a_second_demo_beside_the_first_says_so(home: Path) -> None:
    with demo(home):
        environ = {**fresh_environment(), "KBI_HOME": str(home)}
        command = [sys.executable, "-m", "kbi_audit.demo"]
        second = subprocess.run(command, env=environ, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert "running already" in second.stderr


def command_of(pid: int) -> str:
    return Path("/proc", str(pid), "cmdline").read_text(encoding="utf-8")
