"""Verify the ledger: everything that is kept of it, against itself and against what others remember.

Prints what was found, a sentence for each check, and ends with status 1 when something failed.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NoReturn

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from compliance.kernel.errors import ComplianceError, InvalidInputError
from compliance.ledger.logs import LogNumber, origin_of
from compliance.reporting.verification.begin import begin
from compliance.reporting.verification.verify import verify

if TYPE_CHECKING:
    from typing import Any

    from django.core.management.base import CommandParser

    from compliance.ledger.verify.findings import Failure


class Command(BaseCommand):
    """Run again after an interruption, it goes on where it was."""

    help = (
        "Verify the ledger: bytes, tiles, heads, signatures, timestamps, columns, openings, erasures. Changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--log", type=int, choices=[int(log) for log in LogNumber], help="One log only.")
        parser.add_argument("--from", dest="first", type=int, default=0, metavar="LEAF", help="First leaf.")
        parser.add_argument("--to", dest="end", type=int, metavar="LEAF", help="Leaf up to which, excluded.")
        parser.add_argument("--since-last", action="store_true", help="From where the last verification ended.")
        parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1), help="Processes that check.")
        parser.add_argument("--without-openings", action="store_true", help="Leave out personal data: much faster.")
        parser.add_argument(
            "--held", type=Path, action="append", default=[], metavar="FILE", help="A checkpoint that you kept."
        )
        parser.add_argument("--json", action="store_true", help="Print what was found as JSON, without a progress bar.")

    def handle(self, *_args: object, **options: Any) -> None:
        if options["processes"] < 1:
            message = "Give at least one process."
            raise CommandError(message)
        logs = [LogNumber(options["log"])] if options["log"] else list(LogNumber)
        if len(logs) > 1 and (options["first"] or options["end"] is not None or options["held"]):
            message = "Say with --log which log the leaves or the checkpoint are of."
            raise CommandError(message)
        told = [self._verify(log, options) for log in logs]
        if options["json"]:
            self.stdout.write(json.dumps(told))
        if any(verified["failures"] for verified in told):
            sys.exit(1)

    def _verify(self, log: LogNumber, options: dict[str, Any]) -> dict[str, Any]:
        try:
            run = begin(
                log=log,
                first=options["first"],
                end=options["end"],
                since_last=options["since_last"],
                with_openings=not options["without_openings"],
            )
        except InvalidInputError as error:
            raise CommandError(" ".join(wrong.detail for wrong in error.errors)) from error
        begun, left = monotonic(), run.end - run.reached
        with _bar(origin_of(log), run.end - run.first, quiet=options["json"]) as bar:
            bar.update(run.reached - run.first)
            bar.unpause()
            held = [file.read_text(encoding="utf-8") for file in options["held"]]
            try:
                findings = verify(run, processes=options["processes"], held=held, told=bar.update)
            except ComplianceError as error:
                # A policy that cannot be read, for example: that is not the same as none.
                raise CommandError(error.detail) from error
        seconds = monotonic() - begun
        if not options["json"]:
            for failure in findings.failures.values():
                self.stdout.write(self.style.ERROR(f"{failure.check}: {failure.sentence}{_others(failure)}"))
            for remark in findings.remarks.values():
                self.stdout.write(f"({remark.check}) {remark.sentence}{_others(remark)}")
            found = f"{len(findings.failures)} checks failed" if findings.failures else "all that was checked holds"
            self.stdout.write(f"{origin_of(log)}: {run.end - run.first:,} leaves, {found}.")
        return {
            "log": origin_of(log),
            "from": run.first,
            "to": run.end,
            "size": run.size,
            "openings": run.with_openings,
            "seconds": round(seconds, 1),
            "rate": round(left / seconds),
            "failures": [_told(failure) for failure in findings.failures.values()],
            "remarks": [_told(remark) for remark in findings.remarks.values()],
        }


def _told(failure: Failure) -> dict[str, Any]:
    return {
        "check": failure.check,
        "sentence": failure.sentence,
        "index": failure.index,
        "count": failure.count,
    }


def _others(failure: Failure) -> str:
    return f" And {failure.count - 1:,} more." if failure.count > 1 else ""


def _bar(what: str, total: int, *, quiet: bool) -> tqdm[NoReturn]:
    """Return a progress bar, which shows itself to people at a terminal only."""
    return tqdm(total=total, desc=what, unit=" leaves", unit_scale=True, disable=True if quiet else None)
