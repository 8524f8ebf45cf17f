"""The trust policy of this service: its logs' keys, the witnesses it asks, and how many make a quorum."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from compliance.kernel.errors import ComplianceError
from compliance.ledger.notes import NoteError, parse
from compliance.ledger.policy import PolicyError, parse_policy

if TYPE_CHECKING:
    from compliance.ledger.policy import Confirmed, Policy

_KEPT = 512


class PolicyUnreadableError(ComplianceError):
    """WITNESS_POLICY_FILE names a file that is not there, or is no policy. That is not the same as no policy."""

    problem_type = "policy-unreadable"
    title = "The file that WITNESS_POLICY_FILE names cannot be read as a policy."

    def __init__(self, why: Exception) -> None:
        """Say why."""
        super().__init__(f"{self.title} {why}")


def current_policy() -> Policy | None:
    """Return the policy of WITNESS_POLICY_FILE as it is now, or ``None`` when there is no such setting.

    Raises :class:`PolicyUnreadableError`.
    """
    text = _text()
    return None if text is None else _parsed(text)


def confirm(note: str) -> Confirmed | None:
    """Verify a checkpoint with its signature lines; ``None`` when it does not hold, or there is no policy.

    Raises :class:`PolicyUnreadableError`.
    """
    text = _text()
    return None if text is None else _confirmed(text, note)


def _text() -> str | None:
    file = settings.WITNESS_POLICY_FILE
    try:
        return None if file is None else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyUnreadableError(error) from error


@lru_cache(maxsize=8)
def _parsed(text: str) -> Policy:
    try:
        return parse_policy(text)
    except PolicyError as error:
        raise PolicyUnreadableError(error) from error


@lru_cache(maxsize=_KEPT)
def _confirmed(text: str, note: str) -> Confirmed | None:
    # Milliseconds a signature: screens ask for the same checkpoint again and again.
    policy = _parsed(text)
    try:
        return policy.confirm(parse(note))
    except (NoteError, PolicyError):
        return None
