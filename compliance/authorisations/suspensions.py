"""When instruments were suspended."""

from __future__ import annotations

from datetime import datetime

from compliance.authorisations.models import AuthorisationSuspension

Suspended = tuple[datetime, datetime | None]


def suspensions() -> dict[int, tuple[Suspended, ...]]:
    """Return, by the key of the instrument, from when until when (excluded) it was suspended. One query."""
    found: dict[int, tuple[Suspended, ...]] = {}
    rows = AuthorisationSuspension.objects.values_list("authorisation_id", "suspended_from", "lifting__lifted_from")
    for authorisation, start, end in rows:
        found[authorisation] = (*found.get(authorisation, ()), (start, end))
    return found
