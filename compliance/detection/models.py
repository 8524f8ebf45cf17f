"""What was found, and what is known of before: findings, profiles, dossiers, and what waits to be looked at.

Users, persons and dossiers are pseudonyms: the first eight bytes of :func:`compliance.kernel.pseudonyms.lookup`.
They are signed numbers. Profiles hold nothing that entries do not: they are made anew, a day at a time, from these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.detection.queries import FindingQuerySet
from compliance.detection.vocabulary import FindingFamily, FindingState, FindingTier, RunKind

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import _StrPromise as StrPromise


def _days(label: StrPromise) -> ArrayField[list[date], list[date]]:
    return ArrayField(models.DateField(), verbose_name=label, default=list)


class Finding(models.Model):
    """One thing that a detector saw, as :class:`compliance.detection.detectors.finding.Finding` says it.

    ``days`` are those in whose windows it came out, the last of which the facts are of; a finding that comes out of
    none any more is gone, unless a case holds it. ``leaves`` are the places of ``evidence`` in the log, in its order.
    """

    key = models.CharField(_("key"), max_length=32, unique=True)
    detector = models.CharField(_("detector"), max_length=60)
    family = models.CharField(_("family"), max_length=10, choices=FindingFamily)
    tier = models.PositiveSmallIntegerField(_("rests on"), choices=FindingTier)
    period = models.TextField(_("period"))
    begins = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until (excluded)"))
    partner = models.CharField(_("partner"), max_length=40, blank=True)
    service = models.CharField(_("service"), max_length=40, blank=True)
    series = models.TextField(_("series"), blank=True)
    user = models.BigIntegerField(_("user"), null=True, blank=True)
    person = models.BigIntegerField(_("person"), null=True, blank=True)
    tail = models.FloatField(_("tail probability"), null=True, blank=True)
    score = models.FloatField(_("score"))
    facts = models.JSONField(_("facts"), default=dict)
    evidence = ArrayField(models.UUIDField(), verbose_name=_("evidence"), default=list)
    leaves = ArrayField(models.BigIntegerField(), verbose_name=_("places in the log"), default=list)
    exchanges = models.PositiveIntegerField(_("exchanges"), default=0)
    persons = models.PositiveIntegerField(_("persons"), default=0)
    categories = ArrayField(models.CharField(max_length=40), verbose_name=_("data categories"), default=list)
    state = models.CharField(_("state"), max_length=12, choices=FindingState, default=FindingState.FOUND)
    days = _days(_("days"))
    found_at = models.DateTimeField(_("found at"))
    seen_at = models.DateTimeField(_("last seen at"))

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ("-begins", "-id")
        indexes = [
            models.Index(fields=("state", "begins"), name="finding_state"),
            models.Index(fields=("detector", "begins"), name="finding_detector"),
            models.Index(fields=("begins",), name="finding_begins"),
            GinIndex(fields=("days",), name="finding_days"),
        ]

    def __str__(self) -> str:
        """Return what was seen when, without whom."""
        return f"{self.detector} {self.period} {self.partner}"


class PairDay(models.Model):
    """Who looked at whom on a day, as :data:`compliance.detection.detectors.baseline.PAIRS` has it."""

    day = models.DateField()
    partner = models.CharField(max_length=40)
    user = models.BigIntegerField()
    person = models.BigIntegerField()
    group = models.CharField(max_length=200, null=True)
    look_ups = models.IntegerField()
    direct = models.IntegerField()
    unexplained = models.IntegerField()

    class Meta:
        verbose_name = _("who looked at whom")
        verbose_name_plural = _("who looked at whom")
        constraints = [models.UniqueConstraint(fields=("day", "partner", "user", "person"), name="pair_day_once")]

    def __str__(self) -> str:
        """Return the day and the partner."""
        return f"{self.day} {self.partner}"


class UserDay(models.Model):
    """What a user did in a day with a service, as :data:`compliance.detection.detectors.baseline.USER_DAYS` has it.

    A row without a user says that a machine used it that day; it counts nothing.
    """

    day = models.DateField()
    partner = models.CharField(max_length=40)
    service = models.CharField(max_length=40)
    user = models.BigIntegerField(null=True)
    group = models.CharField(max_length=200, null=True)
    look_ups = models.IntegerField(default=0)
    persons = models.IntegerField(default=0)
    unexplained = models.IntegerField(default=0)
    without_dossier = models.IntegerField(default=0)
    by_name = models.IntegerField(default=0)
    hours = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("day of a user")
        verbose_name_plural = _("days of users")
        constraints = [
            models.UniqueConstraint(
                fields=("day", "partner", "service", "user"), name="user_day_once", nulls_distinct=False
            )
        ]
        indexes = [models.Index(fields=("partner", "service", "user", "day"), name="user_day_last")]

    def __str__(self) -> str:
        """Return the day and the partner."""
        return f"{self.day} {self.partner} {self.service}"


class KnownUse(models.Model):
    """The first and the last day on which a user (or a machine) of a partner used a service."""

    partner = models.CharField(max_length=40)
    service = models.CharField(max_length=40)
    user = models.BigIntegerField(null=True)
    first = models.DateField()
    last = models.DateField()

    class Meta:
        verbose_name = _("known use")
        verbose_name_plural = _("known uses")
        constraints = [
            models.UniqueConstraint(fields=("partner", "service", "user"), name="known_use_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        """Return what is used by whose people."""
        return f"{self.partner} {self.service} {self.first}"


class ProducerDay(models.Model):
    """The highest number that a producer gave on a day, and when."""

    day = models.DateField()
    producer = models.CharField(max_length=40)
    last = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("numbers of a producer")
        verbose_name_plural = _("numbers of producers")
        constraints = [models.UniqueConstraint(fields=("producer", "day"), name="producer_day_once")]

    def __str__(self) -> str:
        """Return the day and the producer."""
        return f"{self.day} {self.producer}"


class Dossier(models.Model):
    """A dossier that a partner told us of, as :data:`compliance.detection.detectors.baseline.DOSSIERS` has it."""

    partner = models.CharField(_("partner"), max_length=40)
    person = models.BigIntegerField(_("person"))
    dossier = models.BigIntegerField(_("dossier"))
    holder = models.BigIntegerField(_("whose dossier it is"), null=True, blank=True)
    team = models.CharField(_("team"), max_length=200, null=True, blank=True)
    opened = models.DateField(_("opened"))
    closed = models.DateField(_("closed"), null=True, blank=True)
    told_at = models.DateTimeField(_("last told at"))

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        constraints = [models.UniqueConstraint(fields=("partner", "dossier", "person"), name="dossier_once")]
        indexes = [
            models.Index(fields=("person",), name="dossier_person"),
            models.Index(fields=("dossier",), name="dossier_dossier"),
        ]

    def __str__(self) -> str:
        """Return the partner and the day it was opened."""
        return f"{self.partner} {self.opened}"


class PersonForTests(models.Model):
    """A person who is used for tests, and has no place in production."""

    person = models.BigIntegerField(_("person"), unique=True)
    listed_at = models.DateTimeField(_("listed at"))

    class Meta:
        verbose_name = _("test person")
        verbose_name_plural = _("test persons")

    def __str__(self) -> str:
        """Return when it was listed."""
        return f"{self.listed_at:%Y-%m-%d}"


class ApplicationForTests(models.Model):
    """An application that is used for tests, and has no place in production."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    listed_at = models.DateTimeField(_("listed at"))

    class Meta:
        verbose_name = _("test application")
        verbose_name_plural = _("test applications")

    def __str__(self) -> str:
        """Return its name."""
        return self.name


class DirtyHour(models.Model):
    """An hour of start (UTC) of which something came in, or changed, since its day was looked at.

    ``mark`` is the transaction that marked it last: who looked at the day takes away only the marks that it saw.
    """

    hour = models.DateTimeField(primary_key=True)
    mark = models.BigIntegerField()
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("hour to be looked at")
        verbose_name_plural = _("hours to be looked at")

    def __str__(self) -> str:
        """Return the hour."""
        return f"{self.hour:%Y-%m-%d %H}"


class DetectedDay(models.Model):
    """A day of Brussels that was looked at: up to when it was known, and by which detectors in vain.

    ``failures`` says by detector what was raised, and where; never a value.
    """

    day = models.DateField(primary_key=True)
    until = models.DateTimeField()
    looked_at = models.DateTimeField()
    exchanges = models.IntegerField()
    findings = models.IntegerField()
    milliseconds = models.IntegerField()
    failures = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("day looked at")
        verbose_name_plural = _("days looked at")
        indexes = [
            models.Index(fields=("day",), name="detected_day_failed", condition=~models.Q(failures={})),
        ]

    def __str__(self) -> str:
        """Return the day."""
        return f"{self.day}"


class DetectionRun(models.Model):
    """One run of the detectors: over what, how long, and with what result. ``ended_at`` is null while it runs."""

    kind = models.CharField(_("why"), max_length=10, choices=RunKind)
    started_at = models.DateTimeField(_("began at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    days = models.IntegerField(_("days"), default=0)
    exchanges = models.IntegerField(_("exchanges"), default=0)
    findings = models.IntegerField(_("findings"), default=0)
    waiting = models.IntegerField(_("days that still wait"), default=0)
    failures = models.JSONField(_("detectors that failed"), default=dict)
    error = models.CharField(_("what ended it"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("run of the detectors")
        verbose_name_plural = _("runs of the detectors")
        ordering = ("-started_at", "-id")
        indexes = [models.Index(fields=("-started_at",), name="detection_run_started")]

    def __str__(self) -> str:
        """Return why and when."""
        return f"{self.kind} {self.started_at:%Y-%m-%d %H:%M}"
