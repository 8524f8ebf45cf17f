"""Notices to people, and when each person is mailed them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.access.models import Account
from compliance.notices.queries import NoticeQuerySet
from compliance.notices.vocabulary import DIGEST_HOUR, MailWhen


class Notice(models.Model):
    """One thing that one person is told, once: ``kind`` and ``key`` say which.

    ``words`` fill the sentence of the kind; they are codes, dates and titles, never a value about a person.
    ``mail_due_at`` is when it is mailed, or tried again; without one it is shown in the service only.
    """

    # Found by the indexes below; the kinds, which grow, are held by the vocabulary alone.
    recipient = models.ForeignKey(
        Account, models.PROTECT, related_name="notices", db_index=False, verbose_name=_("recipient")
    )
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("key"), max_length=200)
    address = models.CharField(_("address"), max_length=500)
    words = models.JSONField(_("words"))
    made_at = models.DateTimeField(_("made at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)
    mail_attempts = models.PositiveIntegerField(_("attempts to mail"), default=0)
    mail_due_at = models.DateTimeField(_("mail due at"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-made_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=("recipient", "kind", "key"), name="told_once"),
            models.CheckConstraint(
                name="notice_leads_to_own_path",
                condition=models.Q(address__startswith="/") & ~models.Q(address__startswith="//"),
            ),
            models.CheckConstraint(
                name="mailed_is_no_longer_due", condition=models.Q(mailed_at=None) | models.Q(mail_due_at=None)
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_newest"),
            models.Index(fields=["recipient", "-id"], name="notice_unread", condition=models.Q(read_at=None)),
            models.Index(fields=["mail_due_at"], name="notice_to_mail", condition=models.Q(mail_due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        """Return the kind and the key."""
        return f"{self.kind} {self.key}"


class MailPreference(models.Model):
    """When a person is mailed, at which hour of Brussels what goes daily, and an address that is not known."""

    account = models.OneToOneField(
        Account, models.PROTECT, primary_key=True, related_name="mail_preference", verbose_name=_("account")
    )
    when = models.CharField(_("when"), max_length=10, choices=MailWhen, default=MailWhen.AT_ONCE)
    hour = models.PositiveSmallIntegerField(_("hour of daily mail"), default=DIGEST_HOUR)
    digested_on = models.DateField(_("day of the last digest"), null=True, blank=True)
    unknown_address = models.EmailField(_("unknown address"), blank=True)

    class Meta:
        verbose_name = _("preference of mail")
        verbose_name_plural = _("preferences of mail")
        constraints = [models.CheckConstraint(name="hour_of_a_day", condition=models.Q(hour__lt=24))]

    def __str__(self) -> str:
        """Return when."""
        return self.when
