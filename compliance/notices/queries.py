"""Adjectives of notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.notices.models import Notice  # noqa: F401


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices. Whoever reads, reads :meth:`of` oneself."""

    def of(self, account: Account) -> Self:
        """Keep one person's own."""
        return self.filter(recipient=account)

    def unread(self) -> Self:
        """Keep what was not read."""
        return self.filter(read_at=None)

    def read(self) -> Self:
        """Keep what was read."""
        return self.exclude(read_at=None)

    def to_mail(self, at: datetime) -> Self:
        """Keep what is due to be mailed."""
        return self.filter(mail_due_at__lte=at)

    def not_mailed(self) -> Self:
        """Keep what waits to be mailed, due or not."""
        return self.exclude(mail_due_at=None)
