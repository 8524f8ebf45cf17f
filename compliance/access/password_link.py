"""Let a colleague choose a password: a link that works once, for three days, by mail or shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import override

from compliance.access.keeping import other_person
from compliance.access.steps import record_step
from compliance.kernel.errors import ConflictError
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from compliance.access.models import Account

_CONSOLE = "django.core.mail.backends.console.EmailBackend"


class ClosedAccountError(ConflictError):
    """Who may not come in needs no password."""

    problem_type = "closed-account"
    title = "This account is closed. Open it first."


class PasswordLink(NamedTuple):
    """For whom a link is, and the link; ``mailed`` says that it goes by mail and is shown to nobody."""

    account: Account
    address: str
    mailed: bool


@transaction.atomic
def make_password_link(*, keeper: Account, number: int, reason: str) -> PasswordLink:
    """Make a link with which a colleague chooses a password; the step is an entry of the ledger. One transaction.

    It works until a password was chosen with it, or another link was used. Raises :class:`NotFoundError`,
    :class:`ForbiddenError` for oneself, and :class:`ClosedAccountError`.
    """
    person = other_person(keeper, number)
    if not person.is_active:
        raise ClosedAccountError(_("This account is closed. Open it first."))
    parts = [urlsafe_base64_encode(force_bytes(person.pk)), default_token_generator.make_token(person)]
    mailed = bool(person.email) and settings.EMAIL_BACKEND != _CONSOLE
    record_step(
        actor=keeper.actor,
        kind=ActKind.PASSWORD_LINK_MADE,
        reason=reason,
        account=person.username,
        way="mail" if mailed else "shown",
    )
    return PasswordLink(person, f"{settings.SITE_URL}{reverse('choose-password', args=parts)}", mailed)


def mail_password_link(link: PasswordLink) -> None:
    """Send the link, in the person's own language. Outside any transaction; raises what the mail server raises."""
    with override(link.account.language):
        subject = _("Choose your password")
        body = _(
            "You have an account at KBI Audit: %(account)s.\n\nChoose your password here: %(address)s\n\n"
            "The link works once, for three days. Did you not expect this? Then tell your organisation's administrator."
        ) % {"account": link.account.username, "address": link.address}
    EmailMessage(subject, body, to=[link.account.email]).send()
