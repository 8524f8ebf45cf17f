"""The KBI's own world, as it is delivered."""

from __future__ import annotations

import pytest

from compliance.authorisations.load import load_authorisations
from compliance.registry.load import load_register
from compliance.registry.revision import current_revision

pytestmark = pytest.mark.django_db


def test_loading_again_changes_nothing() -> None:
    before = current_revision()
    loaded = load_authorisations(load_register())
    assert (loaded.created, loaded.changed, loaded.kept) == (0, 0, [])
    assert current_revision() == before
