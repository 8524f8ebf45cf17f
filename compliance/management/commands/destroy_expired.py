"""Destroy what is past its retention term, and write the attests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from compliance.kernel.clock import now
from compliance.retention.destroy_expired import destroy_expired, due

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Exit with 0 also when months stay: each is named with the reason."""

    help = "Destroy months past their retention term; of months that must stay, erase the openings past theirs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what is due, and what stands in the way.")
        parser.add_argument("--attests", type=Path, metavar="FOLDER", help="Write each attest to a file here.")
        parser.add_argument("--json", action="store_true", help="Print what was done as JSON.")

    def handle(self, *, dry_run: bool, attests: Path | None, **options: Any) -> None:
        if dry_run:
            for month, found in due(at=now()).items():
                self.stdout.write(f"{month}: {'; '.join(found) or 'would be destroyed'}")
            return
        outcome = destroy_expired()
        written = [attest for destroyed in outcome.destroyed for attest in destroyed.attests]
        if attests is not None:
            attests.mkdir(parents=True, exist_ok=True)
            for attest in written:
                (attests / f"{attest['month']}-{attest['id']}.json").write_text(json.dumps(attest, indent=2) + "\n")
        if options["json"]:
            erased = {str(month): count for month, count in outcome.erased.items()}
            kept = {str(month): found for month, found in outcome.kept.items()}
            told = {"destroyed": written, "erased": erased, "kept": kept, "copies_gone": outcome.without_copies}
            self.stdout.write(json.dumps(told))
            return
        for destroyed in outcome.destroyed:
            count = sum(attest["count"] for attest in destroyed.attests)
            self.stdout.write(
                f"{destroyed.month}: {count} entries destroyed, {destroyed.keys_shredded} keys of persons shredded."
            )
        for month, erased_openings in outcome.erased.items():
            self.stdout.write(f"{month}: {erased_openings} openings erased.")
        for month, reasons in outcome.kept.items():
            self.stdout.write(f"{month} stays: {'; '.join(reasons)}.")
        if not outcome.without_copies:
            self.stderr.write("The tile store is away: copies of what was destroyed are removed at a later run.")
