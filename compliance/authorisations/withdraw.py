"""Withdraw an instrument: from a moment on it allows nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.authorisations.models import AuthorisationWithdrawal
from compliance.authorisations.state import authorisation_state
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError
from compliance.registry.accountability import signature, stated
from compliance.registry.append_change import append_change, lock_register

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.authorisations.models import Authorisation
    from compliance.kernel.actor import Actor


class AlreadyWithdrawnError(ConflictError):
    """A withdrawal is for ever; a new instrument takes its place."""

    problem_type = "already-withdrawn"
    title = "This instrument was withdrawn before."


@transaction.atomic
def withdraw(
    *, authorisation: Authorisation, withdrawn_from: datetime, actor: Actor, reason: str
) -> AuthorisationWithdrawal:
    """Append that an instrument allows nothing from a moment on. One transaction, one at a time."""
    registered_by, why = signature(actor), stated(reason)
    lock_register()
    if AuthorisationWithdrawal.objects.filter(authorisation=authorisation).exists():
        raise AlreadyWithdrawnError
    withdrawal = AuthorisationWithdrawal(
        authorisation=authorisation,
        withdrawn_from=withdrawn_from,
        registered_at=now(),
        registered_by=registered_by,
        reason=why,
    )
    withdrawal.full_clean()
    withdrawal.save(force_insert=True)
    append_change(
        kind="authorisation",
        code=authorisation.code,
        state=authorisation_state(authorisation),
        actor=actor,
        reason=why,
        always=True,
    )
    return withdrawal
