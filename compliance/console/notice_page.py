"""One page of somebody's notices: all that was not read, and some of what was, newest first."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.notices.models import Notice

if TYPE_CHECKING:
    from compliance.access.models import Account

UNREAD_SHOWN = 100
READ_SHOWN = 30


@dataclass(frozen=True, slots=True)
class NoticePage:
    """The notices of a page, and whether there are older ones that were read."""

    unread: tuple[Notice, ...]
    read: tuple[Notice, ...]
    older: bool


def notice_page(account: Account, before: str) -> NoticePage:
    """Read one page of the person's own; two queries. Pages after the first hold what was read only."""
    own = Notice.objects.of(account).order_by("-id")
    read = own.read()
    with suppress(ValueError):  # an address that somebody mended by hand begins at the newest
        read = read.filter(pk__lt=int(before)) if before else read
    unread = () if before else tuple(own.unread()[:UNREAD_SHOWN])
    rows = tuple(read[: READ_SHOWN + 1])
    return NoticePage(unread, rows[:READ_SHOWN], older=len(rows) > READ_SHOWN)
