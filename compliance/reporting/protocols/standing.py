"""How a protocol stands at a moment, for people who only read about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.exchanges.vocabulary import Environment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from compliance.authorisations.models import AuthorisationVersion
    from compliance.authorisations.suspensions import Suspended


class ProtocolStanding(models.TextChoices):
    """What may happen under a protocol today."""

    IN_USE = "in-use", _("in use")
    SUSPENDED = "suspended", _("suspended: nothing is exchanged")
    COMING = "coming", _("concluded, not in use yet")
    ENDED = "ended", _("ended")


def production_versions(versions: Iterable[AuthorisationVersion]) -> list[AuthorisationVersion]:
    """Return the versions that allow production, in order: those before were for trying."""
    live = (version for version in versions if Environment.PRODUCTION in version.environments)
    return sorted(live, key=lambda version: version.number)


def standing_of(
    live: list[AuthorisationVersion],
    *,
    withdrawn_from: datetime | None,
    suspended: Iterable[Suspended],
    ended: bool,
    at: datetime,
) -> ProtocolStanding:
    """Tell how a protocol stands; ``ended`` when every request for it ended before production."""
    if withdrawn_from is not None and withdrawn_from <= at:
        return ProtocolStanding.ENDED
    begun = [version for version in live if version.valid_from <= at]
    if not begun:
        return ProtocolStanding.ENDED if ended else ProtocolStanding.COMING
    until = begun[-1].valid_until
    if until is not None and until <= at:
        return ProtocolStanding.ENDED
    held = any(start <= at and (end is None or at < end) for start, end in suspended)
    return ProtocolStanding.SUSPENDED if held else ProtocolStanding.IN_USE
