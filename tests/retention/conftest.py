"""What tests of keeping and erasing share."""

from __future__ import annotations

import pytest

from tests.exchanges.world import make_world


@pytest.fixture
def committed_world(transactional_db: None) -> None:
    """Keep the small register, committed: these verbs are transactions of their own."""
    make_world()
