"""Load the table of instruments as delivered; a row that a person changed since is theirs, and stays."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.authorisations.requests.models import InstrumentRule
from compliance.registry.fixture_rows import Kind
from compliance.registry.load import Loaded, load_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.registry.fixture_rows import Row

RULES = Kind(InstrumentRule, "instrument_rules.toml", ("code",))
FIXTURE = Path(__file__).parent / "fixture"
ANY: dict[str, object] = {
    "recipient_kinds": [],
    "route_kinds": [],
    "providers": [],
    "categories": [],
    "general_exists": None,
    "same_controller": None,
    "active": True,
}


def load_rules(loaded: Loaded) -> Loaded:
    """Load the rows, and count in ``loaded`` what became of them. One transaction."""
    load_rows(kind=RULES, wanted=_rows(), loaded=loaded)
    return loaded


def _rows() -> Iterator[Row]:
    with (FIXTURE / RULES.file).open("rb") as file:
        for row in tomllib.load(file)["instrumentrule"]:
            yield {**ANY, **row}
