"""What tests of the portal share with those of the console."""

from __future__ import annotations

from tests.console.conftest import client_of

__all__ = ["client_of"]
