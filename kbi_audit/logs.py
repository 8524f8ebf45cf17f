"""Log events as facts with keywords: JSON lines for machines, colours for people."""

from __future__ import annotations

import logging.config
import sys
from typing import TYPE_CHECKING, Any, Literal

import structlog
import structlog.tracebacks

if TYPE_CHECKING:
    from structlog.typing import Processor

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

# Never the local variables: they can hold the number of a person.
_tracebacks = structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))


def logging_settings(*, level: str, form: Literal["json", "console"]) -> dict[str, Any]:
    """Return Django's LOGGING: everything, ours and the libraries', as one stream of events on stderr."""
    renderer: list[Processor]
    if form == "json":
        renderer = [_tracebacks, structlog.processors.JSONRenderer()]
    else:
        renderer = [
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
        ]
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "events": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [remove_meta, *renderer],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "events"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Its warnings hold the query string; who looked at what is in the oversight log.
            "django.request": {"level": "ERROR"},
            "django.server": {"level": "INFO"},
            # A job that runs every second is no event; what it does is, and its failure.
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
        },
    }


def configure(settings: dict[str, Any]) -> None:
    """Send structlog's events and the standard library's through the same handlers."""
    logging.config.dictConfig(settings)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
