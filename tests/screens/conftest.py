"""What tests in the browser share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.screens.world import World, make_world, with_cases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account


@pytest.fixture
def world(transactional_db: None, cast: Mapping[str, Account]) -> World:
    """Return a small world that the web server sees too."""
    return make_world(cast)


@pytest.fixture
def busy_world(world: World) -> World:
    """Return the small world with cases and questions in it."""
    return with_cases(world)
