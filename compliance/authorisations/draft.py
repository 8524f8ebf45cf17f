"""An instrument and the terms of its next version, before they are registered."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

import msgspec

from compliance.authorisations.terms import Conditions

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.authorisations.vocabulary import InstrumentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """The instrument itself. Its code and kind never change."""

    code: str
    kind: InstrumentKind
    title_nl: str
    title_en: str
    title_fr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDraft:
    """What a version is to allow, in codes of the register; a service as ``CODE`` (any version) or ``CODE/version``."""

    provider: str
    recipients: tuple[str, ...]
    purposes: tuple[str, ...]
    services: tuple[str, ...]
    categories: tuple[str, ...]
    legal_bases: tuple[str, ...]
    routes: tuple[str, ...]
    environments: tuple[str, ...]
    valid_from: datetime
    valid_until: datetime | None = None
    conditions: Conditions = field(default_factory=Conditions)
    document_reference: str = ""
    document_digest: str = ""

    def as_fields(self) -> dict[str, object]:
        """Return the draft as fields of the model: each code once, conditions as JSON without what is not set."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        lists = {name: list(dict.fromkeys(value)) for name, value in values.items() if isinstance(value, tuple)}
        return {**values, **lists, "conditions": conditions_as_json(self.conditions)}


def conditions_as_json(conditions: Conditions) -> dict[str, object]:
    """Return conditions as they are kept: what is not set is left out."""
    kept: dict[str, object] = msgspec.to_builtins(conditions)
    return {name: value for name, value in kept.items() if value}
