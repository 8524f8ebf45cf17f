"""What tests of the ledger share."""

from __future__ import annotations

import pytest

from tests.exchanges.world import make_world


@pytest.fixture
def committed_world(transactional_db: None) -> None:
    """Keep the small register, committed, for tests with more than one connection."""
    make_world()
