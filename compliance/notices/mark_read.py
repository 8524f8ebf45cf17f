"""Mark one's own notices as read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.kernel.clock import now
from compliance.kernel.errors import NotFoundError
from compliance.notices.models import Notice

if TYPE_CHECKING:
    from compliance.access.models import Account


def mark_read(*, account: Account, notice_id: int) -> Notice:
    """Mark one of one's own notices as read, and return it. One statement.

    What was read in the service is not mailed any more. Raises :class:`NotFoundError` for another's as for none.
    """
    notice = Notice.objects.of(account).filter(pk=notice_id).first()
    if notice is None:
        raise NotFoundError
    Notice.objects.filter(pk=notice.pk).unread().update(read_at=now(), mail_due_at=None)
    return notice


def mark_all_read(*, account: Account, until: int) -> int:
    """Mark one's own notices as read, up to the newest that was shown; return how many were not. One statement."""
    unread = Notice.objects.of(account).unread().filter(pk__lte=until)
    return unread.update(read_at=now(), mail_due_at=None)
