"""Who decides, when an operator carries out a decision at the command line: an account that may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.access.models import Account
from compliance.access.roles import Role
from compliance.kernel.errors import ForbiddenError

if TYPE_CHECKING:
    from compliance.kernel.actor import Actor


def decider(username: str) -> Actor:
    """Return the officer with this account name. Raises :class:`ForbiddenError` when nobody of that name may decide."""
    account = Account.objects.select_related("organisation").filter(username=username, is_active=True).first()
    if account is None or account.role != Role.OFFICER:
        message = f"{username} is not the account of a privacy officer: only they decide on erasures and holds."
        raise ForbiddenError(message)
    return account.actor
