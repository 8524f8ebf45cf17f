"""Who keeps the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from compliance.access.models import Account
from compliance.access.roles import Capability

if TYPE_CHECKING:
    from django.http import HttpRequest

    from compliance.kernel.actor import Actor


def keeper_of_register(request: HttpRequest) -> Account | None:
    """Return who asks, if that person keeps the register."""
    account = request.user
    return account if isinstance(account, Account) and account.may(Capability.KEEP_REGISTER) else None


def acting(request: HttpRequest) -> Actor:
    """Return the keeper as an actor; refuse anybody else."""
    keeper = keeper_of_register(request)
    if keeper is None:
        raise PermissionDenied
    return keeper.actor
