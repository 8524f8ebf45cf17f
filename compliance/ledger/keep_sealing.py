"""Keep the logs sealed and published: the work of the sealer process, and of the job that steps in for it.

Sealing and publishing are two rounds, so that a signer or a witness who is slow holds up no sealing.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import structlog
from django.db import DatabaseError, InterfaceError, connection

from compliance.kernel.errors import ComplianceError
from compliance.ledger.continuity import check_continuity
from compliance.ledger.logs import LogNumber
from compliance.ledger.publish import publish
from compliance.ledger.seal import Sealer
from compliance.ledger.tile_store.write_tiles import write_tiles
from compliance.ledger.timestamps.stamp import stamp
from compliance.ledger.turn import take, turn

if TYPE_CHECKING:
    from collections.abc import Callable

log_event = structlog.get_logger(__name__)

PAUSE = 0.2  # seconds: how long an entry waits at most before somebody looks, and a second sealer for its turn
PAUSE_AFTER_FAILURE = 2.0


class Sealers:
    """The sealers of all logs whose turn this session has."""

    def __init__(self) -> None:
        """Have no turn yet."""
        self._sealers: dict[int, Sealer] = {}
        self._session: object = None

    def round(self) -> int:
        """Seal what waits in every log whose turn is ours, taking turns that are free; return how many leaves.

        What the outside has seen is compared whenever a turn is taken: under a session that lives, the database
        cannot be restored.
        """
        connection.ensure_connection()
        if connection.connection is not self._session:
            self._sealers, self._session = {}, connection.connection
        leaves = 0
        for log in LogNumber:
            if log not in self._sealers and take(log):
                check_continuity(log=log)
                self._sealers[log] = Sealer(log)
            if log in self._sealers:
                leaves += self._sealers[log].seal_all().leaves
        return leaves


def keep_sealing(*, stopped: threading.Event) -> None:
    """Seal and publish until told to stop. Whatever fails is logged, and tried again."""
    publishing = threading.Thread(target=_rounds, args=(stopped, publish_all), name="publishing")
    publishing.start()
    try:
        _rounds(stopped, Sealers().round)
    finally:
        stopped.set()
        publishing.join()


def seal_once() -> int:
    """Seal and publish what waits, in the logs whose turn is free; return how many leaves were sealed."""
    leaves = 0
    for log in LogNumber:
        with turn(log) as is_mine:
            if is_mine:
                check_continuity(log=log)
                leaves += Sealer(log).seal_all().leaves
                publish(log=log)
    return leaves


def stamp_all() -> None:
    """Have the newest checkpoint of every log timestamped, where that is due."""
    for log in LogNumber:
        stamp(log=log)


def write_all_tiles() -> None:
    """Write what the tile store lacks of every log."""
    for log in LogNumber:
        write_tiles(log=log)


def publish_all() -> None:
    """Have the newest head of every log signed and cosigned."""
    for log in LogNumber:
        publish(log=log)


def _rounds(stopped: threading.Event, work: Callable[[], object]) -> None:
    """Do one round after another. A failure ends the session, and with it the turns: the next round begins anew."""
    try:
        while not stopped.is_set():
            pause = PAUSE
            try:
                work()
            except (ComplianceError, DatabaseError, InterfaceError) as error:
                log_event.error(  # noqa: TRY400 - a fact, and tried again
                    "sealing_failed",
                    work=getattr(work, "__name__", ""),
                    problem=getattr(error, "problem_type", type(error).__name__),
                )
                connection.close()
                pause = PAUSE_AFTER_FAILURE
            stopped.wait(pause)
    finally:
        connection.close()
