"""Whether anything may be recorded at this moment."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum

import structlog
from django.core.cache import cache
from redis.exceptions import RedisError

from compliance.kernel.errors import UnavailableError
from compliance.ledger.freshness import NotSealedInTimeError, require_sealing
from compliance.retention.halt import halted

log_event = structlog.get_logger(__name__)
_RETRY_HALTED = 60
_FOREVER = None


class Refusal(StrEnum):
    """Why intake as a whole is refused."""

    NOT_SEALED = "not-sealed-in-time"
    HALTED = "halted"


class HaltedError(UnavailableError):
    """The service is being restored; nothing is recorded until that is finished."""

    problem_type = "halted"
    title = "The service is being restored. Nothing was recorded; send it again later."


def admit() -> None:
    """Raise :class:`UnavailableError` when nothing may be recorded now. Costs two comparisons, mostly."""
    if halted() is not None:
        _count(Refusal.HALTED)
        raise HaltedError(retry_after=_RETRY_HALTED)
    try:
        require_sealing()
    except NotSealedInTimeError:
        _count(Refusal.NOT_SEALED)
        raise


def refusals() -> dict[Refusal, int]:
    """Return how often intake was refused, by all processes together, since the cache was last emptied."""
    with suppress(RedisError):
        kept = cache.get_many(_key(refusal) for refusal in Refusal)
        return {refusal: int(kept.get(_key(refusal), 0)) for refusal in Refusal}
    return {}


def _count(refusal: Refusal) -> None:
    log_event.warning("intake_refused", reason=refusal.value)
    with suppress(RedisError):
        cache.add(_key(refusal), 0, timeout=_FOREVER)
        cache.incr(_key(refusal))


def _key(refusal: Refusal) -> str:
    return f"intake-refused:{refusal.value}"
