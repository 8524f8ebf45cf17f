"""What the web server serves: the doors for people, and the door for machines behind a shorter chain.

Machines have no session, language, form or page; what looks after these would cost a tenth of the
time of a report.
"""

from __future__ import annotations

import gc
import os
from importlib import import_module
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

MACHINES = ("/api/", "/oauth/", "/access/")


class MachineHandler(WSGIHandler):
    """Django's handler with ``MACHINE_MIDDLEWARE`` alone; none of these looks at views, templates or exceptions."""

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - the framework's signature
        """Build the chain."""
        self._view_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        handler = convert_exception_to_response(self._get_response)  # type: ignore[attr-defined]  # the stubs lack it
        for path in reversed(settings.MACHINE_MIDDLEWARE):
            handler = convert_exception_to_response(import_string(path)(handler))
        self._middleware_chain = handler


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request by the chain of its door."""
    handler = for_machines if environ.get("PATH_INFO", "").startswith(MACHINES) else for_people
    return handler(environ, start_response)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kbi_audit.settings.development")
django.setup(set_prefix=False)
for_people = WSGIHandler()
for_machines = MachineHandler()
# What is loaded now stays for good. Left to the collector, it is gone through again and again, and each time every
# thread stands still for a tenth to a third of a second (docs/performance.md).
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
