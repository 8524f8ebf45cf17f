"""Suspend an instrument: from a moment on it allows nothing, until the suspension is lifted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from compliance.authorisations.models import AuthorisationSuspension, AuthorisationWithdrawal, SuspensionLifting
from compliance.authorisations.state import authorisation_state
from compliance.authorisations.withdraw import AlreadyWithdrawnError
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError
from compliance.registry.accountability import signature, stated
from compliance.registry.append_change import append_change, lock_register

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.authorisations.models import Authorisation
    from compliance.kernel.actor import Actor


class AlreadySuspendedError(ConflictError):
    """One suspension at a time, so that a lifting says which one it ends."""

    problem_type = "already-suspended"
    title = "This instrument is suspended, and that has not been lifted."


class NotSuspendedError(ConflictError):
    """There is nothing to lift."""

    problem_type = "not-suspended"
    title = "This instrument is not suspended, or that was lifted before."


@transaction.atomic
def suspend(
    *, authorisation: Authorisation, suspended_from: datetime, actor: Actor, reason: str
) -> AuthorisationSuspension:
    """Append that an instrument allows nothing from a moment on, until further notice. One transaction."""
    registered_by, why = signature(actor), stated(reason)
    lock_register()
    if _standing(authorisation) is not None:
        raise AlreadySuspendedError
    if AuthorisationWithdrawal.objects.filter(authorisation=authorisation, withdrawn_from__lte=suspended_from).exists():
        raise AlreadyWithdrawnError
    suspension = AuthorisationSuspension(
        authorisation=authorisation,
        suspended_from=suspended_from,
        registered_at=now(),
        registered_by=registered_by,
        reason=why,
    )
    suspension.full_clean()
    suspension.save(force_insert=True)
    _append(authorisation, actor, why)
    return suspension


@transaction.atomic
def lift_suspension(
    *, authorisation: Authorisation, lifted_from: datetime, actor: Actor, reason: str
) -> SuspensionLifting:
    """Append that the suspension of an instrument no longer holds from a moment on. One transaction.

    Raises Django's ValidationError for a moment before the suspension began. Lifted from its very
    beginning it never held, which is how a suspension made by mistake is undone.
    """
    registered_by, why = signature(actor), stated(reason)
    lock_register()
    suspension = _standing(authorisation)
    if suspension is None:
        raise NotSuspendedError
    check_lifting(suspension=suspension, lifted_from=lifted_from)
    lifting = SuspensionLifting(
        suspension=suspension,
        lifted_from=lifted_from,
        registered_at=now(),
        registered_by=registered_by,
        reason=why,
    )
    lifting.full_clean()
    lifting.save(force_insert=True)
    _append(authorisation, actor, why)
    return lifting


def check_lifting(*, suspension: AuthorisationSuspension, lifted_from: datetime) -> None:
    """Raise Django's ValidationError for an end before the beginning."""
    if lifted_from < suspension.suspended_from:
        raise ValidationError({"lifted_from": _("A suspension cannot be lifted before it begins.")})


def _standing(authorisation: Authorisation) -> AuthorisationSuspension | None:
    return AuthorisationSuspension.objects.filter(authorisation=authorisation, lifting=None).first()


def _append(authorisation: Authorisation, actor: Actor, reason: str) -> None:
    append_change(
        kind="authorisation",
        code=authorisation.code,
        state=authorisation_state(authorisation),
        actor=actor,
        reason=reason,
        always=True,
    )
