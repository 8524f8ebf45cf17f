"""Up to when a log is provable, and what is in the way when it is not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings

from compliance.kernel.clock import EPOCH, now
from compliance.ledger.logs import origin_of
from compliance.ledger.models import Checkpoint, Edge, Entry, Head
from compliance.ledger.positions import identifiers
from compliance.ledger.published import latest_published
from compliance.ledger.trusted import PolicyUnreadableError, current_policy

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.ledger.policy import Policy
    from compliance.ledger.published import PublishedCheckpoint


class Standing(StrEnum):
    """How far the proof of a log reaches; each of them holds less than the one above it."""

    PROVABLE = "provable"  # a quorum of witnesses confirmed a signed checkpoint
    UNCONFIRMED = "unconfirmed"  # signed, but too few witnesses confirmed it
    NO_WITNESSES = "no-witnesses"  # signed, and no policy asks for a witness
    POLICY_UNREADABLE = "policy-unreadable"  # the policy cannot be read: who confirmed is not known
    NOT_SIGNED = "not-signed"  # sealed, and the signer has signed nothing yet
    NO_SIGNER = "no-signer"  # sealed, and no signer is configured
    NOTHING_SEALED = "nothing-sealed"


@dataclass(frozen=True, slots=True)
class LedgerStanding:
    """A log as it stands at a moment.

    ``checkpoint`` is the newest that a quorum confirmed, else the newest signed. ``until``: everything that
    was recorded before this stands in it (before it, in the head). ``sealed_through``: when all that was
    recorded was last found sealed; ``None`` when it never was. ``signed_size``: leaves of the newest
    checkpoint that is signed, confirmed or not. ``waits_since``: when the first leaves were sealed that stand in
    no confirmed checkpoint.
    """

    log: int
    origin: str
    at: datetime
    standing: Standing
    until: datetime | None
    checkpoint: PublishedCheckpoint | None
    policy: Policy | None
    policy_is_readable: bool
    head: Head | None
    signed_size: int
    sealed_through: datetime | None
    waits_since: datetime | None

    @property
    def size(self) -> int:
        """Return how many leaves are sealed."""
        return 0 if self.head is None else int(self.head.size)

    @property
    def confirmed_size(self) -> int:
        """Return how many leaves stand in a confirmed checkpoint."""
        return self.checkpoint.size if self.checkpoint and self.standing is Standing.PROVABLE else 0

    @property
    def waiting(self) -> int:
        """Return how many sealed leaves stand in no confirmed checkpoint."""
        return max(self.size - self.confirmed_size, 0)


def ledger_standing(*, log: int) -> LedgerStanding:
    """Look at a log. Ten queries at most."""
    at = now()
    edge = Edge.objects.filter(log=log, sealed_through__gt=EPOCH)  # before its first round it is minus infinity
    sealed_through = edge.values_list("sealed_through", flat=True).first()
    head = Head.objects.filter(log=log).order_by("-size").first()
    policy, policy_is_readable = _policy()
    checkpoint = latest_published(log) if policy_is_readable else None
    standing = _standing(head, checkpoint, policy, policy_is_readable=policy_is_readable)
    confirmed = checkpoint.size if checkpoint and standing is Standing.PROVABLE else 0
    waiting = Head.objects.filter(log=log, size__gt=confirmed).order_by("size").values_list("sealed_at", flat=True)
    signed = Checkpoint.objects.filter(log=log).order_by("-size").values_list("size", flat=True).first()
    return LedgerStanding(
        log=log,
        origin=origin_of(log),
        at=at,
        standing=standing,
        until=_until(log, head, checkpoint, sealed_through),
        checkpoint=checkpoint,
        policy=policy,
        policy_is_readable=policy_is_readable,
        head=head,
        signed_size=signed or 0,
        sealed_through=sealed_through,
        waits_since=waiting.first(),
    )


def _policy() -> tuple[Policy | None, bool]:
    try:
        return current_policy(), True
    except PolicyUnreadableError:
        return None, False


def _standing(
    head: Head | None, checkpoint: PublishedCheckpoint | None, policy: Policy | None, *, policy_is_readable: bool
) -> Standing:
    if head is None:
        return Standing.NOTHING_SEALED
    if not policy_is_readable:
        return Standing.POLICY_UNREADABLE
    if checkpoint is None:
        return Standing.NO_SIGNER if settings.SIGNER_URL is None else Standing.NOT_SIGNED
    # Without a quorum a checkpoint proves no more than that the log's own key signed it.
    if policy is None or not policy.fewest():
        return Standing.NO_WITNESSES
    return Standing.PROVABLE if checkpoint.quorum_met else Standing.UNCONFIRMED


def _until(
    log: int, head: Head | None, checkpoint: PublishedCheckpoint | None, sealed_through: datetime | None
) -> datetime | None:
    """Return the moment before which all that was recorded stands in the checkpoint, or in the head.

    That is when it was sealed; but a sealer that is catching up seals what was recorded long before, and
    then the leaves at its edge tell how far it was.
    """
    if head is None:
        return None
    size, sealed_at = head.size, head.sealed_at
    if checkpoint is not None and checkpoint.size != size:
        earlier = Head.objects.filter(log=log, size=checkpoint.size).first()
        # A checkpoint without its head is for verification to find; it was sealed before it was signed.
        size, sealed_at = checkpoint.size, earlier.sealed_at if earlier else checkpoint.signed_at
    edge = identifiers(log=log, first=size - 1, end=size + 1)
    is_last = len(edge) < 2  # noqa: PLR2004 - the last leaf, and the one that follows
    if not edge or (is_last and sealed_through is not None and sealed_through >= sealed_at):
        return sealed_at
    recorded_at = Entry.objects.filter(log=log, id=edge[-1]).values_list("recorded_at", flat=True).first()
    return sealed_at if recorded_at is None else min(sealed_at, recorded_at)
