"""Who there is to tell: the people who may do something, at the keeper or at one organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.access.models import Account
from compliance.access.roles import CAPABILITIES, Capability

if TYPE_CHECKING:
    from django.db.models import QuerySet


def people_who(capability: Capability, *, organisation: str = "") -> QuerySet[Account]:
    """Return whose role allows this, of one organisation (its code) where one is given; without closed accounts."""
    roles = [role for role, allowed in CAPABILITIES.items() if capability in allowed]
    people = Account.objects.filter(is_active=True, role__in=roles)
    return people.filter(organisation__code=organisation) if organisation else people
