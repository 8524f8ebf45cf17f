"""How many jobs wait in each queue."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from redis import Redis, RedisError

QUEUES: Final = ("default", "followers", "sealing", "detection")
_PATIENCE = 1.0


def waiting_jobs() -> dict[str, int] | None:
    """Return how many jobs wait by queue; ``None`` when the queue cannot be reached: it keeps no only copy."""
    timeouts = {"socket_timeout": _PATIENCE, "socket_connect_timeout": _PATIENCE}
    try:
        with Redis.from_url(settings.CELERY_BROKER_URL, **timeouts) as queue:
            return {name: int(queue.llen(name)) for name in QUEUES}
    except RedisError:
        return None
