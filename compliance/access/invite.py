"""Make an account for somebody of the own organisation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.access.keeping import KEPT_ROLES, kept_organisation
from compliance.access.models import SEPARATOR, Account
from compliance.access.steps import record_step
from compliance.kernel.errors import ConflictError, FieldError, InvalidInputError
from compliance.oversight.vocabulary import ActKind
from compliance.registry.append_change import lock_register
from compliance.registry.change import change

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = re.compile(r"^[a-z0-9](?:[a-z0-9.-]{0,58}[a-z0-9])?$")
NAME_HELP = gettext_lazy("Use 1 to 60 small letters, digits, points and hyphens, for example an.peeters.")


class NameTakenError(ConflictError):
    """The organisation has a person of this name."""

    problem_type = "name-taken"
    title = "There is an account of this name already. Choose another name."


@transaction.atomic
def invite(
    *, keeper: Account, name: str, first_name: str, last_name: str, email: str, role: str, reason: str
) -> Account:
    """Make an account in the own organisation, which can sign in once its person has chosen a password.

    Its name begins with the organisation's code, so that no organisation learns who has an account elsewhere. One
    transaction. Raises :class:`InvalidInputError` and :class:`NameTakenError`.
    """
    organisation = kept_organisation(keeper)
    if errors := tuple(_errors(name, email, role)):
        raise InvalidInputError(errors=errors)
    username = f"{organisation.code.lower()}{SEPARATOR}{name}"
    lock_register()
    if Account.objects.filter(username=username).exists():
        detail = _("Your organisation has an account of this name already. Choose another name.")
        raise NameTakenError(errors=(FieldError("/name", detail, "taken"),))
    account = Account(username=username, first_name=first_name, last_name=last_name, email=email, role=role)
    account.organisation = organisation
    account.language = keeper.language
    account.set_unusable_password()
    change(instance=account, actor=keeper.actor, reason=reason)
    record_step(actor=keeper.actor, kind=ActKind.PERSON_CHANGED, reason=reason, account=username, role=role)
    return account


def _errors(name: str, email: str, role: str) -> Iterator[FieldError]:
    if not NAME.match(name):
        yield FieldError("/name", str(NAME_HELP))
    if role not in KEPT_ROLES:
        yield FieldError("/role", _("Choose requester or data protection officer."))
    if email:
        try:
            validate_email(email)
        except ValidationError:
            yield FieldError("/email", _("This is no e-mail address."))
