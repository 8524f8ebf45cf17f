"""Tell whether the promises of receipts were kept."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from django.core.management.base import BaseCommand, CommandError

from compliance.kernel.errors import MalformedInputError
from compliance.ledger.check_receipt import Promise, check_receipt
from compliance.ledger.read_receipts import read_receipts

if TYPE_CHECKING:
    from argparse import ArgumentParser

GOOD = {Promise.KEPT, Promise.NOT_DUE}


class Command(BaseCommand):
    """Exit with 0 when every promise is kept or not due yet, else with 1."""

    help = "Check receipts: a file with an answer of the API, a receipt, or one a line; - reads standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="The file; - for standard input.")
        parser.add_argument("--json", action="store_true", help="A line of JSON for each, with its inclusion proof.")

    def handle(self, *, file: str, json: bool, **_options: object) -> None:
        try:
            octets = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            receipts = read_receipts(octets)
        except OSError as error:
            message = f"{file} cannot be read: {error.strerror}."
            raise CommandError(message) from error
        except MalformedInputError as error:
            raise CommandError(error.detail) from error
        is_good = True
        for kept in receipts:
            checked = check_receipt(kept)
            is_good = is_good and checked.promise in GOOD
            self.stdout.write(
                msgspec.json.encode(checked).decode() if json else f"{checked.promise}: {checked.sentence}"
            )
        if not is_good:
            sys.exit(1)
