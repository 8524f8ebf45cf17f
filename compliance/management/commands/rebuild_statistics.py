"""Compare the counts with the entries, or make them anew."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand

from compliance.statistics.counting import STATISTICS
from compliance.statistics.counting_use import USE
from compliance.statistics.rebuild import compare, rebuild

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Exit with 1 when counts and entries differ; with 0 after they were made anew."""

    help = "Count all entries again, and compare with the counts that are kept (--compare) or replace them (--write)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--compare", action="store_true", help="List every difference and change nothing (default).")
        what.add_argument("--write", action="store_true", help="Replace all counts, and the cursor with them, at once.")

    def handle(self, *, write: bool, **_options: object) -> None:
        if write:
            self.stdout.write(f"Counts made anew from {rebuild()} entries.")
            self.stdout.write(f"Use of authorisations made anew from {rebuild(counts=USE)} entries.")
            return
        differences = [row for counts in (STATISTICS, USE) for row in compare(counts=counts)]
        for row in differences:
            self.stdout.write(f"{row.table}: {row.key}: kept {row.kept}, entries give {row.made}")
        if differences:
            self.stderr.write(f"{len(differences)} counts differ from the entries. Run again with --write.")
            sys.exit(1)
        self.stdout.write("Counts and entries agree.")
