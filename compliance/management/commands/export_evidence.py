"""Make an evidence bundle of what a filter selects: a ZIP that the recipient verifies without us."""

from __future__ import annotations

import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from compliance.kernel.actor import system
from compliance.kernel.clock import BRUSSELS, canonical_time, microseconds
from compliance.kernel.errors import ComplianceError
from compliance.reporting.evidence.export import export_evidence
from compliance.reporting.evidence.request import AUDITOR, VALID_DAYS, EvidenceRequest
from compliance.reporting.evidence.verifier.selection import FIELDS, RECEIVED, STARTED, Filter

if TYPE_CHECKING:
    from typing import Any

    from django.core.management.base import CommandParser

_MODES = ("range", "hits")


class Command(BaseCommand):
    """Recorded in the oversight log before the first byte; docs/evidence.md describes what is in it."""

    help = "Make an evidence bundle: a ZIP that the recipient verifies offline (docs/evidence.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", type=date.fromisoformat, help="First day, in Brussels.")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, help="Last day, included.")
        parser.add_argument(
            "--time", choices=[STARTED, RECEIVED], default=STARTED, help="Of which moment the days are."
        )
        for name in FIELDS:
            option = f"--{name.replace('_', '-')}"
            parser.add_argument(
                option, dest=f"equal_{name}", action="append", metavar="VALUE", help=f"Only this {name}."
            )
        parser.add_argument("--id", dest="ids", action="append", default=[], metavar="UUID", help="Only this record.")
        parser.add_argument("--recipient", required=True, metavar="CODE", help=f"An organisation's code, or {AUDITOR}.")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE", help="The ZIP, or - for output.")
        parser.add_argument("--mode", choices=_MODES, help="All leaves of a range, or the records found alone.")
        parser.add_argument("--complete", action="store_true", help="Take a range that is complete for the period.")
        parser.add_argument(
            "--disclose", action="store_true", default=None, help="Say whom it is about; needs a reason."
        )
        parser.add_argument("--no-disclosures", dest="disclose", action="store_false", help="Say it not.")
        parser.add_argument("--reason", default="", help="Why; it is kept, and stands in the bundle.")
        parser.add_argument("--held-size", type=int, metavar="N", help="Size of the checkpoint the recipient holds.")
        parser.add_argument("--valid-days", type=int, default=VALID_DAYS, help="After so many days it has expired.")
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=languages, default=settings.LANGUAGE_CODE[:2], help="Of the reader.")

    def handle(self, *_args: object, **options: Any) -> None:
        output: Path = options["output"]
        try:
            parts = export_evidence(request=_request(options), actor=system("export_evidence"))
            if str(output) == "-":
                for part in parts:
                    sys.stdout.buffer.write(part)
                return
            unfinished = output.with_name(f"{output.name}.part")
            try:
                with unfinished.open("wb") as file, _bar() as bar:
                    for part in parts:
                        bar.update(file.write(part))
                unfinished.replace(output)
            finally:
                unfinished.unlink(missing_ok=True)
        except ComplianceError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            message = f"{output}: {error.strerror}"
            raise CommandError(message) from error
        self.stdout.write(f"{output}: {output.stat().st_size:,} bytes. Check it with verify.py, which is in it.")


def _request(options: dict[str, Any]) -> EvidenceRequest:
    wanted = ((name, options[f"equal_{name}"]) for name in FIELDS)
    first, last = options["first"], options["last"]
    return EvidenceRequest(
        filter=Filter(
            time=options["time"],
            start=None if first is None else _midnight(first),
            end=None if last is None else _midnight(last + timedelta(days=1)),
            equal=tuple((name, tuple(values)) for name, values in wanted if values),
            ids=tuple(options["ids"]),
        ),
        recipient=options["recipient"],
        mode=options["mode"],
        complete=options["complete"],
        disclose=options["disclose"],
        reason=options["reason"],
        language=options["language"],
        valid_for=timedelta(days=options["valid_days"]),
        held_size=options["held_size"],
    )


def _midnight(day: date) -> str:
    return canonical_time(microseconds(datetime.combine(day, time(), BRUSSELS)))


def _bar() -> tqdm[Any]:
    return tqdm(desc="writing", unit="B", unit_scale=True, disable=None)
