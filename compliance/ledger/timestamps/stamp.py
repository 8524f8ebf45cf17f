"""Have an authority outside say when a checkpoint existed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import connection
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from compliance.kernel.clock import now
from compliance.ledger.models import Checkpoint, Timestamp
from compliance.ledger.notes import parse
from compliance.ledger.timestamps.ask import NoAnswerError, ask
from compliance.ledger.timestamps.authority import authority_of
from compliance.ledger.timestamps.digest import digest_of
from compliance.ledger.timestamps.response import NotGrantedError, token_of
from compliance.ledger.timestamps.trusted import trusted_certificates
from compliance.ledger.timestamps.verify_token import TokenError, verify_token

log_event = structlog.get_logger(__name__)

CLOCKS_MAY_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Stamped:
    """That an authority saw a log's checkpoint of this size, at its own time (UTC)."""

    log: int
    size: int
    authority: str
    stamped_at: datetime


def stamp(*, log: int) -> Stamped | None:
    """Have the newest checkpoint of a log timestamped, unless the last timestamp is younger than TIMESTAMP_SECONDS.

    None when timestamps are off, when there is nothing new to stamp, and when the authority failed: that is
    logged, and the next call tries again. Call it outside a transaction: it waits for another's server.
    """
    at = now()
    url = settings.TIMESTAMP_URL
    checkpoint = _due(log, at) if url else None
    if not url or checkpoint is None:
        return None
    try:
        token = _obtain(checkpoint.note, url, at)
    except (NoAnswerError, NotGrantedError, TokenError, OSError, ValueError) as error:
        log_event.warning(
            "timestamp_failed", log=log, size=checkpoint.size, error=type(error).__name__, reason=str(error)
        )
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_timestamp (log, size, authority, stamped_at, token) VALUES (%s, %s, %s, %s, %s) "
            "ON CONFLICT DO NOTHING",
            [log, checkpoint.size, token.authority, token.stamped_at, token.encoded],
        )
    return Stamped(log=log, size=checkpoint.size, authority=token.authority, stamped_at=token.stamped_at)


@dataclass(frozen=True, kw_only=True)
class _Token:
    encoded: bytes
    authority: str
    stamped_at: datetime


def _due(log: int, at: datetime) -> Checkpoint | None:
    newest = Checkpoint.objects.filter(log=log).order_by("-size").first()
    last = Timestamp.objects.filter(log=log).order_by("-size").values_list("size", "stamped_at").first()
    if newest is None or last is None:
        return newest
    size, stamped_at = last
    waited = at - stamped_at >= timedelta(seconds=settings.TIMESTAMP_SECONDS)
    return newest if waited and newest.size > size else None


def _obtain(note: str, url: str, at: datetime) -> _Token:
    """Ask, and believe nothing before it is verified against the authorities that the settings name."""
    if settings.TIMESTAMP_AUTHORITY_FILE is None:
        message = "TIMESTAMP_AUTHORITY_FILE is not set"
        raise TokenError(message)
    roots = trusted_certificates(settings.TIMESTAMP_AUTHORITY_FILE)
    asked = TimestampRequestBuilder(data=parse(note).text.encode(), hash_algorithm=HashAlgorithm.SHA256).build()
    token = token_of(ask(url=url, request=asked.as_bytes()))
    stamped_at = verify_token(token=token, digest=digest_of(note), roots=roots, nonce=asked.nonce)
    if abs(stamped_at - at) > CLOCKS_MAY_DIFFER:
        # It would say for ever that the checkpoint is older or younger than it is.
        message = "its clock and ours differ"
        raise TokenError(message)
    return _Token(encoded=token, authority=authority_of(token), stamped_at=stamped_at)
