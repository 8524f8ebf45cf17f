"""Notices to people, and their mails."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    """Notices to people, and their mails."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0007_client_credentials")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="MailPreference",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=PROTECT,
                        primary_key=True,
                        related_name="mail_preference",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "when",
                    models.CharField(
                        choices=[
                            ("at-once", "at once"),
                            ("daily", "once a day, at seven in the morning"),
                            ("never", "never"),
                        ],
                        default="at-once",
                        max_length=10,
                        verbose_name="when",
                    ),
                ),
                ("unknown_address", models.EmailField(blank=True, max_length=254, verbose_name="unknown address")),
            ],
            options={"verbose_name": "preference of mail", "verbose_name_plural": "preferences of mail"},
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("key", models.CharField(max_length=200, verbose_name="key")),
                ("address", models.CharField(max_length=500, verbose_name="address")),
                ("words", models.JSONField(verbose_name="words")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
                ("mailed_at", models.DateTimeField(blank=True, null=True, verbose_name="mailed at")),
                ("mail_attempts", models.PositiveIntegerField(default=0, verbose_name="attempts to mail")),
                ("mail_due_at", models.DateTimeField(blank=True, null=True, verbose_name="mail due at")),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recipient",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ("-made_at", "-id"),
                "indexes": [
                    models.Index(fields=["recipient", "-id"], name="notice_newest"),
                    models.Index(
                        condition=models.Q(("read_at", None)), fields=["recipient", "-id"], name="notice_unread"
                    ),
                    models.Index(
                        condition=models.Q(("mail_due_at__isnull", False)),
                        fields=["mail_due_at"],
                        name="notice_to_mail",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("recipient", "kind", "key"), name="told_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("address__startswith", "/"), models.Q(("address__startswith", "//"), _negated=True)
                        ),
                        name="notice_leads_to_own_path",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mailed_at", None), ("mail_due_at", None), _connector="OR"),
                        name="mailed_is_no_longer_due",
                    ),
                ],
            },
        ),
    ]
