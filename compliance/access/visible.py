"""What a person may see: everything, what one organisation takes part in, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.access.models import Account
from compliance.access.roles import Capability

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a person sees. ``everything`` and ``organisation`` exclude each other; neither means nothing."""

    everything: bool = False
    organisation: str = ""

    @property
    def nothing(self) -> bool:
        """Whether the person sees nothing at all."""
        return not self.everything and not self.organisation

    def admits(self, *parties: str) -> bool:
        """Tell whether a record between these organisations (codes) may be seen."""
        return self.everything or (bool(self.organisation) and self.organisation in parties)


EVERYTHING = Scope(everything=True)
NOTHING = Scope()


def scope_of(account: Account | AnonymousUser) -> Scope:
    """Return which exchanges a person may see."""
    return _scope(account, Capability.SEE_ALL_EXCHANGES, Capability.SEE_OWN_EXCHANGES)


def statistics_scope_of(account: Account | AnonymousUser) -> Scope:
    """Return whose figures a person may see."""
    return _scope(account, Capability.SEE_ALL_STATISTICS, Capability.SEE_OWN_STATISTICS)


def _scope(account: Account | AnonymousUser, of_all: Capability, of_own: Capability) -> Scope:
    if not isinstance(account, Account):
        return NOTHING
    if account.may(of_all):
        return EVERYTHING
    if account.may(of_own) and account.organisation is not None:
        return Scope(organisation=account.organisation.code)
    return NOTHING
