"""What tests of notices share: people with addresses, and a mail server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.console.conftest import client_of
from tests.notices.mail_server import MailServer, serving_mail

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_django import Settings

    from compliance.access.models import Account

__all__ = ["client_of"]


@pytest.fixture
def people(cast: Mapping[str, Account]) -> Mapping[str, Account]:
    """Return the cast, each with an address of mail."""
    for username, account in cast.items():
        account.email = f"{username}@kbi.example"
        account.save(update_fields=["email"])
    return cast


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    """Let the service mail to a server of this test."""
    with serving_mail() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.SITE_URL = "https://kbi-audit.example"
        yield server
