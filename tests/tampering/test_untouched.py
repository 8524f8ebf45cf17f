"""The world as it was made verifies: what the attacks change is what is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.ledger.logs import LogNumber

if TYPE_CHECKING:
    from tests.tampering.sealed_world import World

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("log", list(LogNumber))
def test_what_nobody_touched_verifies(world: World, log: LogNumber) -> None:
    assert world.failures(log=log) == {}
