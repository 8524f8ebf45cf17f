"""Who sends samples: the actor, its own organisation, and the organisations for which it acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.access.acts_for import organisations_of
from compliance.connecting.sides import processes_for
from compliance.exchanges.recorded import Reporter
from compliance.kernel.errors import ForbiddenError
from compliance.registry.keeper import keeper

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account, MachineClient
    from compliance.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Tester:
    """Somebody who tries reports out. ``acts_for`` are codes; of all other organisations nothing is told."""

    actor: Actor
    organisation: str
    acts_for: frozenset[str]

    @property
    def reporter(self) -> Reporter:
        """The tester as one who would report."""
        return Reporter(actor=self.actor, organisation=self.organisation, reports_for=self.acts_for)

    @property
    def may_be_named(self) -> frozenset[str]:
        """The organisations that may be told to this tester: its own, and the keeper, whom everybody knows."""
        return self.acts_for | {keeper()}


def person_as_tester(account: Account, *, at: datetime) -> Tester:
    """Return a person of a partner or a vendor as a tester. Raises :class:`ForbiddenError` without an organisation."""
    if account.organisation is None:
        raise ForbiddenError
    code = account.organisation.code
    return Tester(account.actor, code, processes_for(code, at=at))


def client_as_tester(client: MachineClient, *, at: datetime) -> Tester:
    """Return a system as a tester."""
    return Tester(client.actor, client.organisation.code, organisations_of(client, at=at))
