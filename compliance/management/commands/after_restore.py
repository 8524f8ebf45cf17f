"""After a restore from backup: bring the ledger back to what others have seen of it, before the service opens."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand
from tqdm import tqdm

from compliance.retention.restore.after_restore import after_restore

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from compliance.retention.restore.after_restore import Restored


class Command(BaseCommand):
    """Exit with 1, and leave intake closed, until nothing is missing."""

    help = (
        "Compare the ledger with its tile store, signer and witnesses; put back the entries that the database lost, "
        "and erase again what was erased since the backup. Stop web, worker and sealer first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print what was done as JSON, without a progress bar.")

    def handle(self, **options: object) -> None:
        with tqdm(desc="putting back", unit=" entries", disable=True if options["json"] else None) as bar:
            outcome = after_restore(progress=bar.update)
        if options["json"]:
            restored = [
                {"log": one.log.name.lower(), "first": one.first, "until": one.until, **one.done._asdict()}
                for one in outcome.restored
            ]
            told = {"restored": restored, "missing": outcome.missing, "silent": outcome.silent}
            self.stdout.write(json.dumps(told))
        else:
            self._tell(outcome.restored, outcome.silent)
            for sentence in outcome.missing:
                self.stderr.write(sentence)
        if not outcome.holds:
            if not options["json"]:
                self.stderr.write(
                    "Intake stays closed. Mend what is missing and run this again; see docs/retention.md."
                )
            sys.exit(1)
        if not options["json"]:
            self.stdout.write("Nothing is missing of what was seen outside. The service may open.")

    def _tell(self, restored: list[Restored], silent: list[str]) -> None:
        for one in restored:
            self.stdout.write(
                f"Log {one.log.name.lower()}: {one.done.entries} entries were put back up to {one.until}, "
                f"{one.done.erased} openings erased again."
            )
            if one.done.exchanges:
                self.stdout.write(
                    f"The openings of {one.done.exchanges} exchanges are lost for good: whom they are about is known "
                    "to their producers alone. Their entries, counts and proofs are whole."
                )
        for sentence in silent:
            self.stdout.write(f"Could not be asked: {sentence}")
