"""How many notices somebody has not read: the one query of every page's frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.notices.models import Notice

if TYPE_CHECKING:
    from compliance.access.models import Account

MOST_COUNTED = 100


def unread_count(account: Account) -> int:
    """Return how many of the person's notices were not read, a hundred at the most. One index probe."""
    return Notice.objects.of(account).unread().order_by()[:MOST_COUNTED].count()
