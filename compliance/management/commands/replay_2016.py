"""Replay 2016: the published figures as believable exchanges, recorded through the real writer."""

from __future__ import annotations

import json
import os
from time import monotonic
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from compliance.kernel.errors import ComplianceError
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
            self.stdout.write(f"{done['new']:,} reports recorded in {done['seconds']} s ({done['rate']:,} a second).")
        else:
            self.stdout.write(f"Nothing to add: all {done['reports']:,} reports were there.")


def _record(replay: Replay, *, workers: int, quiet: bool) -> dict[str, object]:
    begun, new = monotonic(), 0
    with tqdm(
        total=replay.expected,
        initial=replay.present,
        desc=f"2016 at scale {replay.scale}",
        unit=" reports",
        unit_scale=True,
        disable=True if quiet else None,
    ) as bar:
        for progress in replay.run(workers=workers):
            bar.update(progress.reports)
            new += progress.new
    seconds = monotonic() - begun
    return {
        "scale": str(replay.scale),
        "seed": replay.seed,
        "reports": replay.expected,
        "new": new,
        "seconds": round(seconds, 1),
        "rate": round(new / seconds) if new else 0,
    }
