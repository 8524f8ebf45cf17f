"""Give a person a new password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.registry.change import change

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.kernel.actor import Actor


def set_password(*, account: Account, password: str, actor: Actor, reason: str) -> Account:
    """Save the account with a new password; that it happened is a version, the password is not. One transaction."""
    account.set_password(password)
    change(instance=account, actor=actor, reason=reason, always=True)
    return account
