"""What tests of the two doors for people share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest
from django.test import Client

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account


class ClientOf(Protocol):
    """Return a client in which this one of the cast is signed in, and reads a language."""

    def __call__(self, username: str, *, language: str = "en") -> Client:
        """Sign in."""


@pytest.fixture
def client_of(cast: Mapping[str, Account]) -> ClientOf:
    """Sign people in without typing."""

    def sign_in(username: str, *, language: str = "en") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(cast[username], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
