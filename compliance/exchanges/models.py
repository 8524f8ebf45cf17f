"""The fact itself, as columns to find and count it by; the truth is the entry's bytes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.exchanges.queries import ExchangeQuerySet
from compliance.exchanges.vocabulary import Confidentiality, Direction, Environment, Outcome, Trigger


class Exchange(models.Model):
    """One exchange or one attempt. Append-only, partitioned by month of ``id`` (which holds the start).

    ``partner`` is the party that is not the crossroads bank; ``asker`` and ``source`` are the two
    parties; ``verdict`` with ``authorisation`` (``CODE/number`` or empty) was given on recording.
    ``fingerprint`` is a keyed digest of what was reported, to tell a retry from a conflict.
    All codes are copies. No column holds a value about a person.
    """

    pk = models.CompositePrimaryKey("log", "id")
    log = models.SmallIntegerField()
    id = models.UUIDField(_("reference"))
    xid = models.BigIntegerField()
    recorded_at = models.DateTimeField(_("recorded at"))
    started_at = models.DateTimeField(_("when"))
    producer = models.CharField(_("reported by"), max_length=40)
    producer_sequence = models.BigIntegerField(_("sequence number"), null=True)
    message_reference = models.CharField(_("message reference"), max_length=120)
    partner = models.CharField(_("partner"), max_length=40)
    asker = models.CharField(_("asked by"), max_length=40)
    on_behalf_of = models.CharField(_("on behalf of"), max_length=40, blank=True)
    source = models.CharField(_("answered by"), max_length=40)
    service = models.CharField(_("service"), max_length=40)
    service_version = models.CharField(_("version"), max_length=20)
    purpose = models.CharField(_("purpose"), max_length=40)
    legal_basis = models.CharField(_("legal basis"), max_length=40)
    route = models.CharField(_("route"), max_length=40)
    direction = models.CharField(_("direction"), max_length=20, choices=Direction)
    trigger = models.CharField(_("automatic or by hand"), max_length=20, choices=Trigger)
    environment = models.CharField(_("environment"), max_length=20, choices=Environment)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    service_outcome = models.CharField(_("outcome of the service"), max_length=40, blank=True)
    verdict = models.CharField(_("verdict"), max_length=40)
    authorisation = models.CharField(_("authorisation"), max_length=70, blank=True)
    confidentiality = models.CharField(_("confidentiality"), max_length=20, choices=Confidentiality)
    subject_count = models.IntegerField(_("persons"))
    record_count = models.IntegerField(_("records"))
    corrects = models.UUIDField(_("corrects"), null=True)
    fingerprint = models.BinaryField()

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "exchanges_exchange"
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")

    def __str__(self) -> str:
        """Return the key."""
        return str(self.id)


class ExchangeCorrection(models.Model):
    """That one record corrects another: at most one correction each, so that corrections form a chain."""

    pk = models.CompositePrimaryKey("log", "original")
    log = models.SmallIntegerField()
    original = models.UUIDField()
    correction = models.UUIDField()

    class Meta:
        managed = False
        db_table = "exchanges_correction"

    def __str__(self) -> str:
        """Return the key."""
        return f"{self.correction} corrects {self.original}"
