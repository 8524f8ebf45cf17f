"""People and machines that come in, and the organisation each belongs to."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.access.roles import Capability, Role, capabilities_of
from compliance.kernel.actor import Actor, ActorKind
from compliance.registry.models import Organisation
from compliance.registry.recorded import Recorded


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
    language = models.CharField(_("language"), max_length=2, default="nl")

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.CheckConstraint(
                name="partner_account_has_organisation",
                condition=~models.Q(role__startswith="partner-") | models.Q(organisation__isnull=False),
            )
        ]

    def may(self, capability: Capability) -> bool:
        """Tell whether the person's role allows this."""
        return self.is_active and capability in capabilities_of(self.role)

    @property
    def actor(self) -> Actor:
        """The person as an actor."""
        organisation = self.organisation.code if self.organisation else ""
        return Actor(kind=ActorKind.PERSON, name=self.username, organisation=organisation)


class MachineClient(Recorded):
    """A system that reports exchanges: it holds a token of which only the hash is kept.

    ``reports_for`` are the producers' organisations for which it may report; empty means only its own.
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
    token_hash = models.BinaryField(_("hash of the token"), max_length=32, unique=True)
    created_at = models.DateTimeField(_("created at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("machine client")
        verbose_name_plural = _("machine clients")

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def is_authenticated(self) -> bool:
        """A client that was found by its token is authenticated."""
        return True

    @property
    def actor(self) -> Actor:
        """The system as an actor."""
        return Actor(kind=ActorKind.SYSTEM, name=self.name, organisation=self.organisation.code)
