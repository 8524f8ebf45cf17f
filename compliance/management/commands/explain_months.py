"""Explain the months of a year: which swung, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand

from compliance.detection.detectors.volumes.month_reasons import Reason
from compliance.detection.explain_months import explain_months

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from typing import Any

    from compliance.detection.detectors.volumes.month_reasons import Explained

_WHY = {
    Reason.CONNECTED: "the partner had just been connected",
    Reason.VACATION: "schools were closed for most of the month",
    Reason.ENROLMENT: "courses began, and people enrolled",
    Reason.CERTIFICATION: "courses ended, and certificates were given",
    Reason.NONE: "nobody has explained it: ask the partner",
}


class Command(BaseCommand):
    """Nothing is written to the database."""

    help = "Print the months of a year that lie outside what a partner's other months let expect, with an explanation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, default=2016)
        parser.add_argument("--partner", default="", help="The code of one partner; without it, all.")
        parser.add_argument("--json", action="store_true", help="Print JSON.")

    def handle(self, **options: Any) -> None:
        found = explain_months(year=options["year"], partner=options["partner"])
        if options["json"]:
            self.stdout.write(json.dumps([_as_values(one) for one in found], ensure_ascii=False))
            return
        for one in found:
            why = one.words or _WHY[one.reason]
            self.stdout.write(
                f"{one.month:%Y-%m} {one.partner}: {one.exchanges:,} exchanges, expected {one.swing.low:,} to "
                f"{one.swing.high:,}. {why[0].upper()}{why[1:].rstrip('.')}."
            )
        if not found:
            self.stdout.write(f"No month of {options['year']} swung.")


def _as_values(one: Explained) -> dict[str, object]:
    return {
        "month": f"{one.month:%Y-%m}",
        "partner": one.partner,
        "exchanges": one.exchanges,
        "expected": one.swing.expected,
        "low": one.swing.low,
        "high": one.swing.high,
        "reason": one.reason,
        "words": one.words,
    }
