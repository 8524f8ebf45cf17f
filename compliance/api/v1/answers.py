"""What the API answers about a recorded exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from compliance.ledger.receipt import Receipt  # noqa: TC001 - the encoder reads this annotation

if TYPE_CHECKING:
    from compliance.exchanges.recorded import Recorded


class AnsweredReason(msgspec.Struct, frozen=True, omit_defaults=True):
    """One reason why the exchange was not covered, and of what."""

    code: str
    detail: tuple[str, ...] = ()


class AnsweredVerdict(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether the exchange was covered, by which version of an authorisation, and if not, all reasons."""

    code: str
    authorisation: str = ""
    reasons: tuple[AnsweredReason, ...] = ()


class RecordedExchange(msgspec.Struct, frozen=True):
    """One recorded exchange. ``new`` is false when it had been recorded before, with the same content."""

    id: str
    new: bool
    verdict: AnsweredVerdict
    receipt: Receipt | None


class RecordedExchanges(msgspec.Struct, frozen=True):
    """The answers to an array, in its order."""

    records: tuple[RecordedExchange, ...]


def answer(recorded: Recorded) -> RecordedExchange:
    """Put one answer into the API's words."""
    judgement = recorded.judgement
    reasons = tuple(AnsweredReason(reason.verdict.value, reason.detail) for reason in judgement.reasons)
    verdict = AnsweredVerdict(judgement.verdict.value, judgement.authorisation, reasons)
    return RecordedExchange(str(recorded.id), recorded.is_new, verdict, recorded.receipt)
