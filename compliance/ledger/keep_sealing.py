"""Keep the logs sealed and published: the work of the sealer process, and of the job that steps in for it.

Sealing and publishing are two rounds, so that a signer or a witness who is slow holds up no sealing.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

import structlog
from django.db import DatabaseError, InterfaceError, connection

from compliance.kernel.errors import ComplianceError
from compliance.ledger.continuity import check_continuity
from compliance.ledger.logs import LogNumber
from compliance.ledger.publish import publish
from compliance.ledger.seal import Sealer
from compliance.ledger.tile_store.write_tiles import write_tiles
from compliance.ledger.timestamps.stamp import stamp
from compliance.ledger.turn import give_back, take, turn

if TYPE_CHECKING:
    from collections.abc import Callable

log_event = structlog.get_logger(__name__)

Done = TypeVar("Done")

PAUSE = 0.2  # seconds: how long an entry waits at most before somebody looks, and a second sealer for its turn
PAUSE_AFTER_FAILURE = 2.0
# When much comes in, fewer and larger batches leave more of the machine to who writes.
MUCH = 200
PAUSE_AFTER_MUCH = 0.8


class Sealers:
    """The sealers of all logs whose turn this session has."""

    def __init__(self) -> None:
        """Have no turn yet."""
        self._sealers: dict[int, Sealer] = {}
        self._session: object = None

    def round(self) -> int:
        """Seal what waits in every log whose turn is ours, taking turns that are free; return how many leaves.

        What the outside has seen is compared before the first batch of a turn: under a session that lives, the
        database cannot be restored. Raises what went wrong with any log when all have had their turn.
        """
        connection.ensure_connection()
        if connection.connection is not self._session:
            self._sealers, self._session = {}, connection.connection
        return sum(_each_log(self._seal))

    def _seal(self, log: int) -> int:
        if log not in self._sealers:
            if not take(log):
                return 0
            try:
                check_continuity(log=log)
            except ComplianceError:
                give_back(log)
                raise
            self._sealers[log] = Sealer(log)
        return self._sealers[log].seal_all().leaves


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
    return sum(_each_log(_seal_and_publish))


def publish_all() -> int:
    """Have the newest head of every log signed and cosigned; seals nothing."""
    _each_log(lambda log: publish(log=log))
    return 0


def stamp_all() -> None:
    """Have the newest checkpoint of every log timestamped, where that is due."""
    _each_log(lambda log: stamp(log=log))


def write_all_tiles() -> None:
    """Write what the tile store lacks of every log."""
    _each_log(lambda log: write_tiles(log=log))


def _seal_and_publish(log: int) -> int:
    with turn(log) as is_mine:
        if not is_mine:
            return 0
        check_continuity(log=log)
        leaves = Sealer(log).seal_all().leaves
        publish(log=log)
        return leaves


def _each_log(work: Callable[[int], Done]) -> list[Done]:
    """Do this for every log; what goes wrong with one is raised when all have had their turn, the first of it."""
    done, failures = [], []
    for log in LogNumber:
        try:
            done.append(work(log))
        except ComplianceError as error:
            error.add_note(f"log {log}")
            failures.append(error)
    if failures:
        raise failures[0]
    return done


def _rounds(stopped: threading.Event, work: Callable[[], int]) -> None:
    """Do one round after another; ``work`` returns how many leaves it sealed.

    A failure of the database ends the session, and with it the turns.
    """
    try:
        while not stopped.is_set():
            pause = PAUSE
            try:
                if work() > MUCH:
                    pause = PAUSE_AFTER_MUCH
            except ComplianceError as error:
                log_event.error("sealing_failed", problem=error.problem_type, told=error.detail)  # noqa: TRY400 - a fact
                pause = PAUSE_AFTER_FAILURE
            except (DatabaseError, InterfaceError) as error:
                log_event.error("sealing_failed", problem=type(error).__name__)  # noqa: TRY400 - a fact
                connection.close()
                pause = PAUSE_AFTER_FAILURE
            stopped.wait(pause)
    finally:
        connection.close()
