"""Cases: what somebody must look into, the findings in each, and all that was done and decided. Nothing is deleted."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from compliance.access.models import Account
from compliance.cases.queries import CaseQuerySet
from compliance.cases.vocabulary import CaseAct, CaseKind, CaseState, Outcome


class Case(models.Model):
    """One thing to look into. ``kind`` and ``key`` say which, once; no value about a person stands in it.

    ``story`` names who or what it is about: a later case of the same points to the ``earlier`` one, which is decided.
    ``severity_reasons`` are the points of which ``severity`` is the sum: ``{"cause", "points", "figure"}`` each.
    ``user_key`` and ``person_key`` are pseudonyms, for comparing only: they are never shown.
    """

    uid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=30, unique=True)
    kind = models.CharField(_("kind"), max_length=40, choices=CaseKind)
    key = models.CharField(_("key"), max_length=200)
    story = models.CharField(_("story"), max_length=200, blank=True)
    earlier = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later", verbose_name=_("earlier case")
    )
    title = models.TextField(_("title"), blank=True)
    facts = models.JSONField(_("facts"), default=dict)
    detector = models.CharField(_("detector"), max_length=60, blank=True)
    tier = models.PositiveSmallIntegerField(_("tier"), null=True)
    family = models.CharField(_("family"), max_length=20, blank=True)
    severity = models.PositiveSmallIntegerField(_("severity"), default=0)
    severity_reasons = models.JSONField(_("reasons of the severity"), default=list)
    partner = models.CharField(_("partner"), max_length=40, blank=True)
    service = models.CharField(_("service"), max_length=60, blank=True)
    user_key = models.BigIntegerField(null=True)
    person_key = models.BigIntegerField(null=True)
    begins = models.DateTimeField(_("from"), null=True, blank=True)
    ends = models.DateTimeField(_("until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=CaseState, default=CaseState.NEW)
    state_since = models.DateTimeField(_("since"))
    assignee = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("assigned to")
    )
    proposed_by = models.CharField(_("decision proposed by"), max_length=150, blank=True)
    due_at = models.DateTimeField(_("due at"))
    opened_at = models.DateTimeField(_("opened at"))
    last_event_at = models.DateTimeField(_("last changed at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    outcome = models.CharField(_("decision"), max_length=20, choices=Outcome, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ("-opened_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=("kind", "key"), name="case_once"),
            models.CheckConstraint(name="severity_of_a_hundred", condition=Q(severity__lte=100)),
            models.CheckConstraint(
                name="decided_case_has_outcome",
                condition=Q(state=CaseState.DECIDED, decided_at__isnull=False) & ~Q(outcome="")
                | ~Q(state=CaseState.DECIDED) & Q(decided_at=None, outcome=""),
            ),
            models.CheckConstraint(
                name="proposed_case_has_who",
                condition=Q(state=CaseState.WAITING_SECOND) & ~Q(proposed_by="")
                | ~Q(state=CaseState.WAITING_SECOND) & Q(proposed_by=""),
            ),
            models.CheckConstraint(name="new_case_has_nobody", condition=~Q(state=CaseState.NEW) | Q(assignee=None)),
        ]
        indexes = [
            models.Index("state", F("severity").desc(), "due_at", name="case_queue"),
            models.Index(fields=["story", "-id"], name="case_of_story"),
            models.Index(fields=["partner", "-id"], name="case_of_partner"),
            models.Index(fields=["detector", "-id"], name="case_of_detector"),
            models.Index(fields=["user_key", "-id"], name="case_of_user", condition=Q(user_key__isnull=False)),
        ]

    def __str__(self) -> str:
        """Return the code."""
        return self.code


class CaseFinding(models.Model):
    """A finding in a case, copied: it says the same when detection no longer keeps it.

    While the case is open it follows what is seen anew of the same finding; ``key`` is that of the finding. One that
    grew by half after its case was decided stands in a later case as well.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="findings", verbose_name=_("case"))
    key = models.CharField(_("key"), max_length=32, db_index=True)
    detector = models.CharField(_("detector"), max_length=60)
    family = models.CharField(_("family"), max_length=20)
    tier = models.PositiveSmallIntegerField(_("tier"))
    period = models.CharField(_("period"), max_length=60)
    begins = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"))
    partner = models.CharField(_("partner"), max_length=40, blank=True)
    service = models.CharField(_("service"), max_length=60, blank=True)
    series = models.CharField(_("series"), max_length=200, blank=True)
    user_key = models.BigIntegerField(null=True)
    person_key = models.BigIntegerField(null=True)
    tail = models.FloatField(_("probability"), null=True)
    score = models.FloatField(_("score"))
    facts = models.JSONField(_("facts"), default=dict)
    parameters = models.JSONField(_("parameters of the detector"), default=dict)
    evidence = ArrayField(models.UUIDField(), verbose_name=_("exchanges"), default=list)
    exchanges = models.PositiveIntegerField(_("number of exchanges"), default=0)
    persons = models.PositiveIntegerField(_("number of persons"), default=0)
    categories = ArrayField(models.CharField(max_length=40), verbose_name=_("data categories"), default=list)
    added_at = models.DateTimeField(_("added at"))
    seen_at = models.DateTimeField(_("last seen at"))

    class Meta:
        verbose_name = _("finding in a case")
        verbose_name_plural = _("findings in cases")
        ordering = ("tier", F("tail").asc(nulls_last=True), "-score", "key")  # the most telling first
        constraints = [models.UniqueConstraint(fields=("case", "key"), name="finding_once_in_a_case")]

    def __str__(self) -> str:
        """Return which detector saw it, and the key."""
        return f"{self.detector} {self.key}"


class _OfCase(models.Model):
    """Something that was said or done about a case, by whom and when. Append-only."""

    at = models.DateTimeField(_("when"))
    by = models.CharField(_("who"), max_length=150)
    organisation = models.CharField(_("of which organisation"), max_length=40, blank=True)
    entry = models.UUIDField(_("entry of the ledger"))

    class Meta:
        abstract = True
        ordering = ("id",)


class CaseEvent(_OfCase):
    """One step: what was done, from which state to which, in which words. ``details`` are codes, never a person."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events", verbose_name=_("case"))
    act = models.CharField(_("act"), max_length=20, choices=CaseAct)
    from_state = models.CharField(_("from"), max_length=20, choices=CaseState, blank=True)
    to_state = models.CharField(_("to"), max_length=20, choices=CaseState)
    words = models.TextField(_("words"), blank=True)
    details = models.JSONField(_("details"), default=dict)

    class Meta(_OfCase.Meta):
        verbose_name = _("step of a case")
        verbose_name_plural = _("steps of cases")

    def __str__(self) -> str:
        """Return what was done."""
        return f"{self.act} {self.case_id}"


class CaseDecision(_OfCase):
    """What one officer decided, and why. Where four eyes are asked it holds once a second person confirmed it.

    ``scope`` is that of a suppression, for what is expected; ``passed_to`` to whom it was passed on.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions", verbose_name=_("case"))
    outcome = models.CharField(_("decision"), max_length=20, choices=Outcome)
    reason = models.TextField(_("reason"))
    scope = models.JSONField(_("scope"), default=dict)
    passed_to = models.CharField(_("passed on to"), max_length=200, blank=True)
    needs_second = models.BooleanField(_("needs a second person"), default=False)

    class Meta(_OfCase.Meta):
        verbose_name = _("decision on a case")
        verbose_name_plural = _("decisions on cases")

    def __str__(self) -> str:
        """Return what was decided."""
        return f"{self.case_id}: {self.outcome}"


class CaseConfirmation(_OfCase):
    """What a second person said of a decision; never the one who made it."""

    decision = models.OneToOneField(
        CaseDecision, models.PROTECT, related_name="confirmation", verbose_name=_("decision")
    )
    agrees = models.BooleanField(_("agrees"))
    reason = models.TextField(_("reason"), blank=True)

    class Meta(_OfCase.Meta):
        verbose_name = _("confirmation of a decision")
        verbose_name_plural = _("confirmations of decisions")

    def __str__(self) -> str:
        """Return who said what."""
        return f"{self.by}: {self.agrees}"
