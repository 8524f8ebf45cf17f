"""Score the values of any series: how unusual each is, from the values before it."""

from __future__ import annotations

import csv
import json
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from django.core.management.base import BaseCommand, CommandError

from compliance.detection.detectors.series.read import SeriesError, hints, read_series
from compliance.detection.detectors.series.scorer import Scorer

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable
    from typing import Any


class Writable(Protocol):
    """A file, or standard output."""

    def write(self, text: str, /) -> object:
        """Write."""


class Command(BaseCommand):
    """Nothing is read from the database or written to it."""

    help = (
        "Read timestamp,value from a CSV file in the order of time, and write timestamp,value,anomaly_score. "
        "A score is in [0, 1] and rests on the values before it alone: what is added later never changes it. "
        "A missing value scores 0."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="A CSV file whose first line names the columns timestamp and value."
        )
        parser.add_argument("--out", type=Path, help="Where to write; without it, to standard output.")
        parser.add_argument("--json", action="store_true", help="Write one JSON object a line instead of CSV.")

    def handle(self, **options: Any) -> None:
        file: Path = options["file"]
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                series = read_series(lines)
        except OSError as error:
            message = f"{file} cannot be read: {error.strerror}. Name a file that is there."
            raise CommandError(message) from None
        except UnicodeDecodeError:
            message = f"{file} is no text in UTF-8. Save it as CSV in UTF-8."
            raise CommandError(message) from None
        except (SeriesError, csv.Error) as error:
            message = f"{file}: {error}"
            raise CommandError(message) from None
        scores = Scorer(hints=hints(series.step)).score(np.array(series.values))
        rows = zip(series.timestamps, series.values, scores.tolist(), strict=True)
        with ExitStack() as stack:
            out: Writable = self.stdout
            if options["out"]:
                out = stack.enter_context(options["out"].open("w", encoding="utf-8", newline=""))
            (_write_json if options["json"] else _write_csv)(out, rows)


def _write_csv(out: Writable, rows: Iterable[tuple[str, float, float]]) -> None:
    out.write("timestamp,value,anomaly_score\n")
    for timestamp, value, score in rows:
        written = "" if value != value else repr(value).removesuffix(".0")  # noqa: PLR0124 not a number
        out.write(f"{_quoted(timestamp)},{written},{score:.6f}\n")


def _write_json(out: Writable, rows: Iterable[tuple[str, float, float]]) -> None:
    for timestamp, value, score in rows:
        known = None if value != value else value  # noqa: PLR0124 not a number
        out.write(json.dumps({"timestamp": timestamp, "value": known, "anomaly_score": round(score, 6)}) + "\n")


def _quoted(timestamp: str) -> str:
    return '"' + timestamp.replace('"', '""') + '"' if "," in timestamp or '"' in timestamp else timestamp
