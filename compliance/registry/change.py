"""Change the register: the one way in which a row of it is made or altered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.kernel.errors import ConflictError
from compliance.registry.accountability import signature, stated
from compliance.registry.append_change import append_change, lock_register
from compliance.registry.models import RegisterChange
from compliance.registry.state import state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compliance.kernel.actor import Actor
    from compliance.registry.recorded import Recorded


class ChangedMeanwhileError(ConflictError):
    """Somebody else changed the row since it was read."""

    problem_type = "changed-meanwhile"
    title = "Somebody else changed this meanwhile; look at it again."


@transaction.atomic
def change(
    *,
    instance: Recorded,
    actor: Actor,
    reason: str,
    many: Mapping[str, Iterable[Recorded]] | None = None,
    read_version: int | None = None,
    always: bool = False,
) -> RegisterChange:
    """Validate and save a row, its many-to-many relations in ``many`` too, and append what it became.

    One transaction, one at a time. ``read_version`` is the version that the actor looked at: when
    there is a newer one, nothing is changed. ``always`` appends a version even when all that is
    recorded stays the same (a new password). Raises Django's ValidationError for a wrong value.
    """
    signature(actor)
    stated(reason)
    lock_register()
    if read_version is not None and read_version != version_of(instance):
        raise ChangedMeanwhileError
    instance.full_clean()
    instance.save()
    for name, related in (many or {}).items():
        getattr(instance, name).set(related)
    return append_change(
        kind=instance.recorded_kind,
        code=instance.recorded_code,
        state=state_of(instance),
        actor=actor,
        reason=reason,
        always=always,
    )


def version_of(instance: Recorded) -> int:
    """Return the number of a row's last version; 0 when it has none. One query."""
    versions = RegisterChange.objects.filter(kind=instance.recorded_kind, code=instance.recorded_code)
    return versions.order_by("-version").values_list("version", flat=True).first() or 0
