"""Instruments that allow exchanges, their versions, suspensions, withdrawals, and how much each was used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.authorisations.vocabulary import InstrumentKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def _codes(label: StrPromise) -> ArrayField[list[str], list[str]]:
    return ArrayField(models.CharField(max_length=61), verbose_name=label, default=list, blank=True)


class Authorisation(models.Model):
    """An instrument: a protocol, machtiging, deliberation or general authorisation."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=InstrumentKind)
    title_nl = models.CharField(_("title (Dutch)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300)
    title_fr = models.CharField(_("title (French)"), max_length=300)

    class Meta:
        verbose_name = _("authorisation")
        verbose_name_plural = _("authorisations")
        ordering = ("code",)

    def __str__(self) -> str:
        """Return the code."""
        return self.code


class AuthorisationVersion(models.Model):
    """What the instrument allows from ``valid_from`` until ``valid_until`` or the next version. Append-only.

    Parties, services (``CODE`` or ``CODE/version``), categories, purposes, legal bases, routes and
    environments are codes, copied, so that a version says the same for ever. ``conditions`` is a
    :class:`compliance.authorisations.terms.Conditions` as JSON.
    """

    authorisation = models.ForeignKey(Authorisation, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    provider = models.CharField(_("provider"), max_length=40)
    recipients = _codes(_("recipients"))
    purposes = _codes(_("purposes"))
    services = _codes(_("services"))
    categories = _codes(_("data categories"))
    legal_bases = _codes(_("legal bases"))
    routes = _codes(_("routes"))
    environments = _codes(_("environments"))
    valid_from = models.DateTimeField(_("valid from"))
    valid_until = models.DateTimeField(_("valid until (excluded)"), null=True, blank=True)
    conditions = models.JSONField(_("conditions"), default=dict, blank=True)
    document_reference = models.CharField(_("document"), max_length=300, blank=True)
    document_digest = models.CharField(_("SHA-256 of the document"), max_length=64, blank=True)
    registered_at = models.DateTimeField(_("registered at"))
    registered_by = models.CharField(_("registered by"), max_length=150)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("version of an authorisation")
        verbose_name_plural = _("versions of authorisations")
        ordering = ("authorisation", "number")
        constraints = [
            models.UniqueConstraint(fields=("authorisation", "number"), name="authorisation_version_number"),
            models.CheckConstraint(
                name="authorisation_version_period",
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gt=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        """Return code and number."""
        return f"{self.authorisation.code}/{self.number}"


class AuthorisationWithdrawal(models.Model):
    """That an instrument no longer allows anything from a moment on. Append-only."""

    authorisation = models.OneToOneField(Authorisation, models.PROTECT, related_name="withdrawal")
    withdrawn_from = models.DateTimeField(_("withdrawn from"))
    registered_at = models.DateTimeField(_("registered at"))
    registered_by = models.CharField(_("registered by"), max_length=150)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")

    def __str__(self) -> str:
        """Return what it is about."""
        return f"{self.authorisation.code} from {self.withdrawn_from:%Y-%m-%d}"


class AuthorisationSuspension(models.Model):
    """That an instrument allows nothing from a moment on, until it is lifted. Append-only."""

    authorisation = models.ForeignKey(Authorisation, models.PROTECT, related_name="suspensions")
    suspended_from = models.DateTimeField(_("suspended from"))
    registered_at = models.DateTimeField(_("registered at"))
    registered_by = models.CharField(_("registered by"), max_length=150)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ("suspended_from", "id")

    def __str__(self) -> str:
        """Return what it is about."""
        return f"{self.authorisation.code} from {self.suspended_from:%Y-%m-%d}"


class SuspensionLifting(models.Model):
    """That a suspension no longer holds from a moment on; lifted from its beginning, it never held. Append-only."""

    suspension = models.OneToOneField(AuthorisationSuspension, models.PROTECT, related_name="lifting")
    lifted_from = models.DateTimeField(_("lifted from"))
    registered_at = models.DateTimeField(_("registered at"))
    registered_by = models.CharField(_("registered by"), max_length=150)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("lifting of a suspension")
        verbose_name_plural = _("liftings of suspensions")

    def __str__(self) -> str:
        """Return what it is about."""
        return f"{self.suspension.authorisation.code} from {self.lifted_from:%Y-%m-%d}"


class AuthorisationUse(models.Model):
    """How many exchanges an instrument's ceiling period has seen, as far as the follower has come."""

    authorisation = models.CharField(max_length=60)
    period = models.CharField(max_length=10)
    period_start = models.DateField()
    count = models.BigIntegerField()

    class Meta:
        verbose_name = _("use of an authorisation")
        verbose_name_plural = _("uses of authorisations")
        constraints = [
            models.UniqueConstraint(fields=("authorisation", "period", "period_start"), name="authorisation_use_period")
        ]

    def __str__(self) -> str:
        """Return what it is about."""
        return f"{self.authorisation} {self.period} {self.period_start}"
