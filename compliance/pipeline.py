"""The followers of the ledger, in the order in which each may rely on the one before. Idempotent, replayable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.cases.forget_erased import forget_erased
from compliance.cases.raising import raise_cases as raising
from compliance.cases.raising.watch_detectors import watch_detectors
from compliance.cases.raising.watch_followers import watch_followers
from compliance.detection.explain_again import explain_again
from compliance.detection.follow import mark_all
from compliance.detection.let_go import let_go
from compliance.detection.look_again import look_again
from compliance.detection.look_back import look_back
from compliance.detection.vocabulary import RunKind
from compliance.statistics.catch_up import catch_up, catch_up_with_all
from compliance.statistics.counting_use import USE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from compliance.detection.look import Looked
    from compliance.detection.models import DetectionRun


def follow() -> int:
    """Let statistics catch up with what is recorded; return how many entries they counted.

    Leaves to another process what that is at.
    """
    return catch_up().entries


def follow_use() -> int:
    """Let the use of authorisations catch up; return how many entries were counted.

    On its own, because it reads each entry's bytes: the figures, and ceilings, do not wait for it.
    """
    return catch_up(counts=USE).entries


def follow_detection() -> int:
    """Mark what detectors must look at, of what was sealed; return how many hours were marked.

    Statistics first: an hour is held against counts.
    """
    catch_up()
    return mark_all().hours


def detect(*, progress: Callable[[Looked], object] | None = None) -> DetectionRun:
    """Let the detectors look at the days that are due."""
    follow_detection()
    return look_again(kind=RunKind.HOURLY, progress=progress)


def detect_back(
    *,
    since: date,
    until: date,
    detectors: Collection[str] = (),
    progress: Callable[[Looked], object] | None = None,
) -> DetectionRun:
    """Let the detectors look at a period of the past again, all or those named."""
    follow_detection()
    return look_back(since=since, until=until, detectors=detectors, progress=progress)


def detect_again() -> DetectionRun:
    """Explain the look-ups of the past month again, look at them, and let go of what is past its term."""
    explain_again()
    follow_detection()
    let_go()
    forget_erased()
    return look_again(kind=RunKind.NIGHTLY)


def raise_cases() -> None:
    """Make cases of what is over the line, of detectors that fail, and of parts of the service that are behind."""
    raising.raise_cases()
    watch_detectors()
    watch_followers()


def follow_until_idle(*, progress: Callable[[int], object] | None = None) -> int:
    """Let every follower catch up with all that was begun before this call, waiting for writers that still run.

    Returns how many entries statistics counted; ``progress`` is told of theirs.
    """
    entries = catch_up_with_all(progress=progress)
    catch_up_with_all(counts=USE)
    return entries
