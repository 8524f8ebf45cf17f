"""Replay 2016: the published figures as believable exchanges, recorded through the real writer."""

from __future__ import annotations

import json
import os
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, NoReturn

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from compliance.kernel.errors import ComplianceError
from compliance.pipeline import follow_until_idle
from compliance.simulation.replay import Replay, begin
from compliance.simulation.scale import read_scale

if TYPE_CHECKING:
    from typing import Any

    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Run again after an interruption, it goes on; run again after that, it adds nothing."""

    help = "Replay the exchanges of 2016 at a scale, for demonstration; what is there already is not added again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", default="1/50", help="Part of the year's exchanges: 1, 1/50 or 0.02.")
        parser.add_argument("--seed", type=int, default=2016, help="The same seed gives the same exchanges.")
        parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1), help="Processes that record.")
        parser.add_argument("--json", action="store_true", help="Print what was done as JSON, without a progress bar.")

    def handle(self, *_args: object, **options: Any) -> None:
        if options["workers"] < 1:
            message = "Give at least one worker."
            raise CommandError(message)
        try:
            replay = begin(scale=read_scale(options["scale"]), seed=options["seed"])
            done = _record(replay, workers=options["workers"], quiet=options["json"])
        except ComplianceError as error:
            message = " ".join([error.detail, *(f"{wrong.pointer}: {wrong.detail}" for wrong in error.errors[:3])])
            raise CommandError(message) from error
        if options["json"]:
            self.stdout.write(json.dumps(done))
        elif done["new"]:
            self.stdout.write(
                f"{done['new']:,} reports recorded in {done['seconds']} s ({done['rate']:,} a second), and counted."
            )
        else:
            self.stdout.write(f"Nothing to add: all {done['reports']:,} reports were there.")


def _record(replay: Replay, *, workers: int, quiet: bool) -> dict[str, Any]:
    begun, new = monotonic(), 0
    with _bar(f"2016 at scale {replay.scale}", replay.expected, quiet=quiet) as bar:
        bar.update(replay.present)
        bar.unpause()
        for progress in replay.run(workers=workers):
            bar.update(progress.reports)
            new += progress.new
    seconds = monotonic() - begun
    with _bar("counting", new or None, quiet=quiet or not new) as bar:
        counted = follow_until_idle(progress=partial(_advance, bar))
    return {
        "scale": str(replay.scale),
        "seed": replay.seed,
        "reports": replay.expected,
        "new": new,
        "counted": counted,
        "seconds": round(seconds, 1),
        "rate": round(new / seconds) if new else 0,
    }


def _advance(bar: tqdm[NoReturn], entries: int) -> None:
    bar.update(entries)


def _bar(what: str, total: int | None, *, quiet: bool) -> tqdm[NoReturn]:
    """Return a progress bar, which shows itself to people at a terminal only."""
    return tqdm(total=total, desc=what, unit=" reports", unit_scale=True, disable=True if quiet else None)
