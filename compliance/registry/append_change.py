"""Append one version to the history of the register, in the order in which changes commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from compliance.kernel.clock import now
from compliance.registry.accountability import signature, stated
from compliance.registry.models import RegisterChange

if TYPE_CHECKING:
    from compliance.kernel.actor import Actor
    from compliance.registry.state import State

_LOCK = 0x4B42_4952_4547  # "KBIREG"


def lock_register() -> None:
    """Let no other change of the register in until this transaction ends.

    Held from before the revision is drawn until the commit, so that a lower revision never becomes
    visible after a higher one: a reader who saw revision n has seen all before it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@transaction.atomic
def append_change(
    *, kind: str, code: str, state: State, actor: Actor, reason: str, always: bool = False
) -> RegisterChange:
    """Append what something became; what is as it was gets no version, unless ``always``. One transaction."""
    changed_by, why = signature(actor), stated(reason)
    lock_register()
    last = RegisterChange.objects.filter(kind=kind, code=code).order_by("-version").first()
    if last is not None and last.state == state and not always:
        return last
    return RegisterChange.objects.create(
        kind=kind,
        code=code,
        version=last.version + 1 if last else 1,
        state=state,
        changed_at=now(),
        changed_by=changed_by,
        reason=why,
    )
