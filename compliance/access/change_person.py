"""Change what somebody of the own organisation may do: another role, or no access for the time being."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from compliance.access.keeping import KEPT_ROLES, other_person
from compliance.access.steps import record_step
from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.oversight.vocabulary import ActKind
from compliance.registry.append_change import lock_register
from compliance.registry.change import change

if TYPE_CHECKING:
    from compliance.access.models import Account


@transaction.atomic
def change_role(*, keeper: Account, number: int, role: str, reason: str) -> Account:
    """Give a colleague another of the partner's roles, from the next request on. One transaction.

    Raises :class:`NotFoundError` for who is no colleague, and :class:`ForbiddenError` for oneself.
    """
    lock_register()
    person = other_person(keeper, number)
    if role not in KEPT_ROLES:
        raise InvalidInputError(errors=(FieldError("/role", _("Choose requester or data protection officer.")),))
    person.role = role
    return _kept(person, keeper, reason)


@transaction.atomic
def let_in(*, keeper: Account, number: int, allowed: bool, reason: str) -> Account:
    """Close a colleague's account, or open it again, from the next request on. One transaction.

    Raises :class:`NotFoundError` for who is no colleague, and :class:`ForbiddenError` for oneself.
    """
    lock_register()
    person = other_person(keeper, number)
    person.is_active = allowed
    return _kept(person, keeper, reason)


def _kept(person: Account, keeper: Account, reason: str) -> Account:
    change(instance=person, actor=keeper.actor, reason=reason)
    record_step(
        actor=keeper.actor,
        kind=ActKind.PERSON_CHANGED,
        reason=reason,
        account=person.username,
        role=person.role,
        standing="open" if person.is_active else "closed",
    )
    return person
