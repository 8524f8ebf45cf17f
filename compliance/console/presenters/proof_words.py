"""Words that every screen about proofs uses: hashes that people can compare, moments, and the names of logs."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.console.presenters import words
from compliance.ledger.logs import LogNumber

if TYPE_CHECKING:
    from datetime import datetime

_GROUP = 8


def short(hashed: bytes) -> str:
    """Return the first eight digits: enough for an eye that follows a line."""
    return hashed.hex()[:_GROUP]


def groups(hashed: bytes) -> tuple[str, ...]:
    """Return all digits, in groups that can be read out."""
    digits = hashed.hex()
    return tuple(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def in_checkpoint(hashed: bytes) -> str:
    """Return a root as it stands in a checkpoint."""
    return b64encode(hashed).decode()


def clock(moment: datetime, *, at: datetime) -> str:
    """``14:03:07`` when it was today, else with its day in front."""
    if words.local_day(moment) == words.local_day(at):
        return words.time(moment)
    return f"{words.day(words.local_day(moment))}, {words.time(moment)}"


def log_words(log: int) -> str:
    """Name a log."""
    return _("Exchanges") if log == LogNumber.EXCHANGES else _("Oversight: who looked, and why")
