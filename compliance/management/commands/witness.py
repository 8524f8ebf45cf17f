"""Run a witness, or write it as one file that a partner or an auditor runs with nothing but Python.

manage.py witness --policy FILE --key FILE --state FOLDER [--listen 127.0.0.1:8101] [--begin]
manage.py witness --new-key NAME --key FILE
manage.py witness --write-program witness.py
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from compliance.ledger.witnessing.program import witness_program
from compliance.ledger.witnessing.witness_program import add_options, run


class Command(BaseCommand):
    """Cosign heads until told to stop, or write the program that does."""

    help = "Run a witness of logs, or write it as one file."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--write-program", type=Path, metavar="FILE", help="write the program to a file, and stop")
        add_options(parser)

    def handle(self, **options: Any) -> None:
        if options["write_program"]:
            options["write_program"].write_text(witness_program(), encoding="utf-8")
        else:
            run(argparse.Namespace(**options))
