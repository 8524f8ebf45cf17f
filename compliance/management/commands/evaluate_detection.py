"""Evaluate detection: plant labelled misuse in a simulated year, and print what is found, and at which price."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from compliance.detection.evaluation.evaluate import evaluate
from compliance.detection.evaluation.told import as_lines, as_values
from compliance.detection.evaluation.year import Stretch
from compliance.detection.triage.line import CASES_A_DAY, Budget
from compliance.kernel.errors import InvalidInputError
from compliance.simulation.days import days
from compliance.simulation.scale import read_scale

if TYPE_CHECKING:
    from typing import Any, NoReturn

    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Nothing is read from the database or written to it."""

    help = "Evaluate detection on labelled misuse, planted from a seed into a simulated year."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=2017, help="The same seed plants the same.")
        parser.add_argument("--from", dest="begin", default="2016-02-01", help="The first day that is evaluated.")
        parser.add_argument("--days", type=int, default=335, help="How many days are evaluated.")
        parser.add_argument("--warm", type=int, default=91, help="Days of history before the first, where there are.")
        parser.add_argument("--scale", default="1", help="Part of the year's exchanges: 1, 1/10 or 0.02.")
        parser.add_argument("--missing", default="0.03", help="Shares of dossiers that are missing, by comma.")
        parser.add_argument("--each", type=int, help="Stories of every kind and level; one for each fifty days.")
        parser.add_argument("--budget", type=int, default=CASES_A_DAY, help="New cases a day.")
        parser.add_argument("--json", action="store_true", help="Print JSON.")

    def handle(self, *_args: object, **options: Any) -> None:
        values = []
        for stretch in _stretches(options):
            number = stretch.last - stretch.first
            with tqdm(total=number, unit=" days", disable=True if options["json"] else None) as bar:
                evaluation = evaluate(stretch, budget=Budget(cases=options["budget"]), progress=partial(_advance, bar))
            values.append(as_values(evaluation))
            if not options["json"]:
                self.stdout.write("\n".join(as_lines(evaluation)) + "\n")
        if options["json"]:
            self.stdout.write(json.dumps(values))


def _advance(bar: tqdm[NoReturn]) -> None:
    bar.update()


def _stretches(options: dict[str, Any]) -> list[Stretch]:
    try:
        scale = read_scale(options["scale"])
        begin = date.fromisoformat(options["begin"])
        missing = [float(part) for part in options["missing"].split(",")]
    except (InvalidInputError, ValueError) as error:
        raise CommandError(str(error)) from error
    first = (begin - days()[0].date).days
    if not 0 <= first < len(days()) or options["days"] < 1:
        message = "Give a day of 2016, and at least one day."
        raise CommandError(message)
    return [
        Stretch(
            seed=options["seed"],
            scale=scale,
            first=first,
            number=options["days"],
            warm=options["warm"],
            missing=share,
            each=options["each"] or max(1, options["days"] // 50),
        )
        for share in missing
    ]
