"""People and machines that come in, the organisation each belongs to, and the keys of machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from compliance.access.roles import Capability, Role, capabilities_of
from compliance.access.scopes import ALL, Scope, scopes_in
from compliance.access.vocabulary import CredentialKind
from compliance.kernel.actor import Actor, ActorKind
from compliance.registry.models import Organisation
from compliance.registry.recorded import Recorded

if TYPE_CHECKING:
    from datetime import datetime

SEPARATOR = "."


def all_scopes() -> list[str]:
    """Return every scope there is: what a system is granted where nobody said less."""
    return sorted(Scope)


class Account(Recorded, AbstractUser):
    """A person who signs in: one role, and for partners' people one organisation."""

    recorded_as = ("username",)
    unrecorded = frozenset(
        {
            "password",
            "last_login",
            "date_joined",
            "first_name",
            "last_name",
            "email",
            "groups",
            "language",
            "user_permissions",
        }
    )

    role = models.CharField(_("role"), max_length=20, choices=Role, blank=True, default=Role.NONE)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("organisation")
    )
    administers = models.BooleanField(
        _("keeps people and systems of the own organisation"),
        default=False,
        help_text=_("Invites and closes accounts of the own organisation, and gives its systems their keys."),
    )
    language = models.CharField(_("language"), max_length=2, default="nl")

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.CheckConstraint(
                name="partner_account_has_organisation",
                condition=~models.Q(role__startswith="partner-") | models.Q(organisation__isnull=False),
            ),
            models.CheckConstraint(
                name="administrator_has_organisation",
                condition=models.Q(administers=False) | models.Q(organisation__isnull=False),
                violation_error_message=_("Name the organisation whose people and systems the person keeps."),
            ),
        ]

    def may(self, capability: Capability) -> bool:
        """Tell whether the person's role allows this, or the keeping of the own organisation that was entrusted."""
        if capability is Capability.KEEP_OWN_PEOPLE:
            return self.is_active and self.administers and self.organisation_id is not None
        return self.is_active and capability in capabilities_of(self.role)

    @property
    def actor(self) -> Actor:
        """The person as an actor."""
        organisation = self.organisation.code if self.organisation else ""
        return Actor(kind=ActorKind.PERSON, name=self.username, organisation=organisation)


class MachineClient(Recorded):
    """A system of an organisation: let in by any of its credentials, for the scopes that it was granted.

    ``reports_for`` are the producers' organisations for which it may report, beside those that gave its own
    organisation a mandate; empty means only its own.
    """

    recorded_as = ("name",)

    name = models.CharField(_("name"), max_length=60, unique=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="machine_clients", verbose_name=_("organisation")
    )
    reports_for = models.ManyToManyField(
        Organisation,
        related_name="+",
        blank=True,
        verbose_name=_("reports for"),
        help_text=_("Producers for which the system may report; none means only its own organisation."),
    )
    scopes = ArrayField(models.CharField(max_length=40), verbose_name=_("may"), default=all_scopes)
    created_at = models.DateTimeField(_("created at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("machine client")
        verbose_name_plural = _("machine clients")

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    def clean(self) -> None:
        """Refuse what is no scope, and a name that begins as those of another organisation do."""
        if unknown := set(self.scopes) - set(ALL):
            raise ValidationError({"scopes": _now("%(word)s is not a scope.") % {"word": min(unknown)}})
        own, point, _rest = self.name.partition(SEPARATOR)
        if point and own != self.organisation.code.lower():
            raise ValidationError({"name": _now("What stands before a point is the code of the own organisation.")})

    @property
    def is_authenticated(self) -> bool:
        """A client that was found by its credential is authenticated."""
        return True

    @property
    def granted(self) -> frozenset[Scope]:
        """The scopes that the client was granted."""
        return scopes_in(self.scopes)

    @property
    def actor(self) -> Actor:
        """The system as an actor."""
        return Actor(kind=ActorKind.SYSTEM, name=self.name, organisation=self.organisation.code)


class ClientCredential(Recorded):
    """One way in which a client proves who it is. Of what is secret only the SHA-256 is kept.

    ``digest`` is that of the token or secret, of the certificate (DER), or the thumbprint of the public key
    (RFC 7638). A client may have several at once, so that a new one works before the old one ends.
    """

    client = models.ForeignKey(
        MachineClient, models.PROTECT, related_name="credentials", verbose_name=_("machine client")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=CredentialKind)
    label = models.CharField(_("label"), max_length=60, blank=True)
    digest = models.BinaryField(_("fingerprint"), max_length=32)
    jwk = models.JSONField(_("public key"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("key of a machine client")
        verbose_name_plural = _("keys of machine clients")
        ordering = ("-created_at", "-id")
        constraints = [
            models.UniqueConstraint(
                name="credential_of_one_client",
                fields=("digest", "kind"),
                violation_error_message=_("This cannot be used as a key here. Make a new one."),
            ),
            models.CheckConstraint(
                name="public_key_has_jwk",
                condition=models.Q(kind=CredentialKind.PUBLIC_KEY, jwk__isnull=False)
                | (~models.Q(kind=CredentialKind.PUBLIC_KEY) & models.Q(jwk__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        """Return whose it is, and what kind."""
        return f"{self.client}, {self.kind}"

    def works(self, at: datetime) -> bool:
        """Tell whether it lets its client in at a moment."""
        ended = self.expires_at is not None and self.expires_at <= at
        return self.revoked_at is None and not ended and self.client.revoked_at is None


class ClientCredentialUse(models.Model):
    """When a credential was last used, to the minute. No part of any history."""

    credential = models.OneToOneField(
        ClientCredential, models.PROTECT, primary_key=True, related_name="use", verbose_name=_("key")
    )
    last_used_at = models.DateTimeField(_("last used at"))

    class Meta:
        verbose_name = _("use of a key")
        verbose_name_plural = _("uses of keys")

    def __str__(self) -> str:
        """Return which credential was used when."""
        return f"{self.credential_id}, {self.last_used_at}"
