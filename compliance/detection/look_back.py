"""Look at history again, a day after the other: a new detector, or everything anew. What comes out is the same.

What was known before each day is kept in memory (:class:`History`) instead of read for each, and the next days are
read while one is looked at. Erasures that come meanwhile are noticed by the register's revision.
"""

from __future__ import annotations

import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection, connections, transaction

from compliance.detection.detectors.catalogue import DETECTORS
from compliance.detection.detectors.history import History
from compliance.detection.detectors.profiles import profile_of
from compliance.detection.due import due_days
from compliance.detection.in_force import InForce, in_force
from compliance.detection.look import keep, see
from compliance.detection.marks import mark_following
from compliance.detection.models import DetectionRun
from compliance.detection.reading.baseline import read_all_dossiers, read_profiles
from compliance.detection.reading.day import ReadDay, read_day
from compliance.detection.reading.register import read_register
from compliance.detection.turn import take_turn
from compliance.detection.vocabulary import RunKind
from compliance.kernel.clock import now
from compliance.registry.revision import current_revision

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date

    from compliance.detection.look import Looked

AHEAD: Final = 2
"""Days that are read ahead."""


def look_back(
    *,
    since: date,
    until: date,
    detectors: Collection[str] = (),
    progress: Callable[[Looked], object] | None = None,
) -> DetectionRun:
    """Look at the days from ``since`` up to and with ``until``, by all detectors or those named; return the run.

    A transaction a day. Days after ``until`` are marked where something had come in that nobody had looked at.
    """
    run = DetectionRun.objects.create(kind=RunKind.HISTORY, started_at=now())
    using = in_force()
    if detectors:
        known = {**DETECTORS, **using.detectors}  # those out of use too: that is how one is judged
        using = InForce({name: known[name] for name in detectors}, using.settings)
    past = _past(since)
    revision = current_revision()
    for read in _read_ahead(since, until):
        if read.revision != revision:
            revision, past = read.revision, _past(read.day)
        looked = _look(read, past, using=using, until=until)
        run.days += 1
        run.exchanges += looked.exchanges
        run.findings += looked.new
        run.failures = {**run.failures, **looked.failures}
        run.save()
        if progress is not None:
            progress(looked)
    run.waiting = len(due_days(at=now()))
    run.ended_at = now()
    run.save()
    return run


def _past(day: date) -> History:
    register = replace(read_register(day), dossiers=read_all_dossiers())
    return History(read_profiles(day, register))


def _look(read: ReadDay, past: History, *, using: InForce, until: date) -> Looked:
    began, at = time.monotonic(), now()
    with transaction.atomic(durable=True):
        with connection.cursor() as database:
            take_turn(database, wait=True)
        if current_revision() != read.revision:
            read = read_day(read.day)  # somebody may have been erased since it was read
        past.register = replace(read_register(read.day), dossiers=past.register.dossiers)
        window, detected = see(read, past.baseline(read.day), until=at, using=using)
        profile = profile_of(window)
        looked = keep(read, window, detected, profile, asked=using.detectors, at=at, began=began)
        if read.marks:
            mark_following(until, at=at)
    past.take(window, profile)
    return looked


def _read_ahead(since: date, until: date) -> Iterator[ReadDay]:
    """Yield the days in their order; a thread of its own reads them, with a connection of its own."""
    days = iter([since + timedelta(days=number) for number in range((until - since).days + 1)])
    waiting: deque[Future[ReadDay]] = deque()
    with ThreadPoolExecutor(1) as reader:
        try:
            while True:
                while len(waiting) < AHEAD and (day := next(days, None)) is not None:
                    waiting.append(reader.submit(read_day, day))
                if not waiting:
                    return
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
            reader.submit(connections.close_all)
