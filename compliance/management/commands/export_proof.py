"""Write the proof of one exchange for one reader: a .tlog-proof that holds the record too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from compliance.kernel.actor import system
from compliance.kernel.errors import ComplianceError
from compliance.reporting.evidence.export_one import export_proof
from compliance.reporting.evidence.request import AUDITOR

if TYPE_CHECKING:
    from typing import Any

    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Recorded in the oversight log first; docs/evidence.md describes the file."""

    help = "Write the proof of one exchange (C2SP tlog-proof), with what the recipient may see of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("exchange", type=UUID, help="Its identifier.")
        parser.add_argument("--recipient", required=True, metavar="CODE", help=f"An organisation's code, or {AUDITOR}.")
        parser.add_argument("--output", type=Path, metavar="FILE", help="Default: <identifier>.tlog-proof.")
        parser.add_argument(
            "--disclose", action="store_true", default=None, help="Say whom it is about; needs a reason."
        )
        parser.add_argument("--no-disclosures", dest="disclose", action="store_false", help="Say it not.")
        parser.add_argument("--reason", default="", help="Why; it is kept.")

    def handle(self, *_args: object, **options: Any) -> None:
        output: Path = options["output"] or Path(f"{options['exchange']}.tlog-proof")
        try:
            written = export_proof(
                exchange_id=options["exchange"],
                actor=system("export_proof"),
                recipient=options["recipient"],
                disclose_to_them=options["disclose"],
                reason=options["reason"],
            )
            output.write_text(written, encoding="utf-8")
        except ComplianceError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            message = f"{output}: {error.strerror}"
            raise CommandError(message) from error
        self.stdout.write(f"{output}: {len(written.encode()):,} bytes.")
