"""Let the detectors look: at what is due, at all that comes as long as the process lives, or at history again."""

from __future__ import annotations

import json
import signal
import threading
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from compliance import pipeline
from compliance.detection.behind import behind
from compliance.detection.detectors.catalogue import DETECTORS

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from compliance.detection.look import Looked
    from compliance.detection.models import DetectionRun

_PAUSE = 60.0


class Command(BaseCommand):
    """Run again, it finds the same."""

    help = "Let the detectors look at the days that are due, or at a period of the past again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--follow", action="store_true", help="Go on until stopped, a look a minute.")
        parser.add_argument("--since", type=_day, metavar="DAY", help="Look at the past from this day (YYYY-MM-DD) on.")
        parser.add_argument("--until", type=_day, metavar="DAY", help="Up to and with this day.")
        parser.add_argument(
            "--detector",
            action="append",
            default=[],
            choices=sorted(DETECTORS),
            metavar="ID",
            help="With --since: only this detector; may be given several times.",
        )
        parser.add_argument("--json", action="store_true", help="Print what was done as JSON, without a progress bar.")

    def handle(self, *_args: object, **options: Any) -> None:
        since, until = options["since"], options["until"]
        if (since is None) != (until is None):
            message = "Give both --since and --until."
            raise CommandError(message)
        if since is not None and since > until:
            message = "--until must not be before --since."
            raise CommandError(message)
        if options["detector"] and since is None:
            message = "--detector needs --since and --until: what is due is looked at by all."
            raise CommandError(message)
        if options["follow"]:
            self._follow()
            return
        total = None if since is None else (until - since).days + 1
        with tqdm(total=total, unit=" days", desc="looking", disable=True if options["json"] else None) as bar:
            told = partial(_advance, bar)
            if since is None:
                run = pipeline.detect(progress=told)
            else:
                run = pipeline.detect_back(since=since, until=until, detectors=options["detector"], progress=told)
        self._tell(run, as_json=options["json"])
        if run.error:
            raise CommandError(run.error)

    def _follow(self) -> None:
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            pipeline.detect()
            stopped.wait(_PAUSE)

    def _tell(self, run: DetectionRun, *, as_json: bool) -> None:
        waiting = behind()
        done = {
            "days": run.days,
            "exchanges": run.exchanges,
            "findings": run.findings,
            "failures": run.failures,
            "error": run.error,
            "waiting": waiting.days,
            "since": None if waiting.since is None else waiting.since.isoformat(),
            "transactions": waiting.transactions,
        }
        if as_json:
            self.stdout.write(json.dumps(done))
            return
        self.stdout.write(
            f"{run.days:,} days looked at, {run.exchanges:,} exchanges, {run.findings:,} new findings; "
            f"{waiting.days:,} days wait."
        )
        for detector, error in sorted(run.failures.items()):
            self.stderr.write(f"{detector} failed: {error}")


def _advance(bar: tqdm[Any], looked: Looked) -> None:
    bar.set_postfix_str(f"{looked.day}, {looked.findings} findings", refresh=False)
    bar.update()


def _day(text: str) -> date:
    return date.fromisoformat(text)
