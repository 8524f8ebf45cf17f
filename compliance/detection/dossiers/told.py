"""What a partner tells of one dossier, and of one person whom it is about."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - msgspec reads the annotations
from typing import Annotated, Literal

import msgspec

from compliance.exchanges.submission import Code, Identifier, Label  # noqa: TC001 - msgspec reads the annotations


class DossierPerson(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """A person, as reports of exchanges name them."""

    value: Identifier
    kind: Literal["insz", "dossier", "foreign", "local"] = "insz"


class ToldDossier(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A dossier of a person at a partner; a dossier about several persons is told once for each."""

    dossier: Annotated[Identifier, msgspec.Meta(description="The reference that exchanges give.")]
    person: DossierPerson
    opened: Annotated[date, msgspec.Meta(description="The first day on which it was open.")]
    closed: Annotated[date, msgspec.Meta(description="The first day on which it was closed.")] | None = None
    partner: Annotated[Code, msgspec.Meta(description="Whose dossier it is; yours, unless you say.")] | None = None
    holder: DossierPerson | None = None
    team: Annotated[Label, msgspec.Meta(description="The team of who holds it.")] | None = None
