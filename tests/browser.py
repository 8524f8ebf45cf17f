"""Fixtures for tests in a browser: the real web server, and Debian's Chromium."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from kbi_audit.embedded import children
from kbi_audit.embedded.home import PROJECT, free_port
from kbi_audit.embedded.waiting import answers_in_time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from compliance.access.models import Account
    from tests.clones import Clone

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NewPage(Protocol):
    """Open a page in a fresh browser context; keywords are Playwright's, such as viewport or java_script_enabled."""

    def __call__(self, *, account: Account | None = None, **context: Any) -> Page:
        """Open it."""


@pytest.fixture(scope="session")
def _web_server_address(clone: Clone, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    log: Path = tmp_path_factory.mktemp("web") / "web.log"
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "kbi_audit.settings.testing"}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "4", "kbi_audit.wsgi:application"]
    server = children.start(command, log=log, environ=environ, cwd=PROJECT)
    try:
        if not answers_in_time(port=port, path="/health/live", child=server):
            pytest.fail(f"The web server does not start:\n{children.last_lines(log)}")
        yield f"http://127.0.0.1:{port}"
    finally:
        children.stop(server)


@pytest.fixture
def web_server(_web_server_address: str, transactional_db: None) -> str:
    """Return the address of the real web server on this worker's database; what the test makes is committed."""
    return _web_server_address


@pytest.fixture(scope="session")
def _browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("Browser tests need Chromium: apt-get install chromium")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's own event loop runs in this thread; Django would take our tests for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(_browser: Browser, web_server: str) -> Iterator[NewPage]:
    """Return a function that opens a page, signed in when an account is given."""
    contexts = []

    def open_page(*, account: Account | None = None, **context: Any) -> Page:
        made = _browser.new_context(**{"base_url": web_server, "locale": "nl-BE", **context})
        contexts.append(made)
        if account is not None:
            client = Client()
            client.force_login(account)
            name = settings.SESSION_COOKIE_NAME
            made.add_cookies([{"name": name, "value": client.cookies[name].value, "url": web_server}])
        return made.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """Return a page of somebody who has not signed in."""
    return new_page()
