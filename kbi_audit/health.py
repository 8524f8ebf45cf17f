"""Whether the process lives, and whether it can do its work: for the orchestrator, without any detail for others."""

from __future__ import annotations

import structlog
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


@never_cache
def live(_request: HttpRequest) -> HttpResponse:
    """Answer that the process runs."""
    return JsonResponse({"status": "live"})


@never_cache
def ready(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database and the job queue answer, else 503 with which one does not."""
    checks = {"database": _database_answers(), "queue": _queue_answers()}
    status = "ready" if all(checks.values()) else "unavailable"
    return JsonResponse({"status": status, "checks": checks}, status=200 if status == "ready" else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        log.warning("database_unavailable", error=type(error).__name__)
        return False
    return True


def _queue_answers() -> bool:
    try:
        cache.get("ready")
    except (RedisError, OSError) as error:
        log.warning("queue_unavailable", error=type(error).__name__)
        return False
    return True
