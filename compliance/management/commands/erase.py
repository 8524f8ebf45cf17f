"""Erase a person, records or a field on a stated ground; afterwards, the receipt that proves it."""

from __future__ import annotations

import json
import sys
from getpass import getpass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from compliance.exchanges.vocabulary import IdentifierKind
from compliance.kernel.errors import ComplianceError
from compliance.retention.decider import decider
from compliance.retention.erase import erase_field, erase_person, erase_records
from compliance.retention.erasure_receipt import erasure_receipt
from compliance.retention.vocabulary import Ground, PersonalField

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from compliance.retention.erase import Erased


class Command(BaseCommand):
    """Print the entries that say what was erased: ask for their receipts with them."""

    help = "Erase a person, a record's openings or a field of one; or print the receipt of an erasure (erase receipt)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        person = what.add_parser("person", help="All openings about a person, whose number is asked for or piped in.")
        person.add_argument("--kind", choices=IdentifierKind.values, default=IdentifierKind.INSZ)
        person.add_argument("--scope", default="", help="Whose own numbers, for other kinds than insz: its code.")
        records = what.add_parser("record", help="All openings of these records.")
        records.add_argument("ids", nargs="+", type=UUID, metavar="ID")
        field = what.add_parser("field", help="One field of a record.")
        field.add_argument("id", type=UUID, metavar="ID")
        field.add_argument("field", choices=[field.value for field in PersonalField])
        field.add_argument("--position", type=int, help="Which of several subjects: 0, 1, …")
        for decided in (person, records, field):
            decided.add_argument("--ground", choices=Ground.values, required=True)
            decided.add_argument("--decision", required=True, help="Reference of the decision; kept, readable.")
            decided.add_argument("--reason", required=True, help="Why; kept, readable: never a name or a number.")
            decided.add_argument("--decided-by", required=True, metavar="ACCOUNT", help="The officer who decided.")
        receipt = what.add_parser("receipt", help="The proof that an erasure stands in the log, as JSON.")
        receipt.add_argument("entry", type=UUID, metavar="ENTRY")

    def handle(self, *, what: str, **options: Any) -> None:
        try:
            if what == "receipt":
                self.stdout.write(json.dumps(erasure_receipt(entry=options["entry"]), indent=2))
                return
            erased = _erase(what, options)
        except ComplianceError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{erased.openings} openings erased, {erased.keys_shredded} keys shredded. Entries:")
        for entry in erased.entries:
            self.stdout.write(str(entry))


def _erase(what: str, options: dict[str, Any]) -> Erased:
    decided: dict[str, Any] = {
        "actor": decider(options["decided_by"]),
        "ground": Ground(options["ground"]),
        "decision": options["decision"],
        "reason": options["reason"],
    }
    match what:
        case "person":
            # Never an argument: those stand in the shell's history and in the list of processes.
            value = getpass("Number: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
            return erase_person(kind=options["kind"], value=value, scope=options["scope"], **decided)
        case "record":
            return erase_records(exchange_ids=options["ids"], **decided)
        case _:
            field = PersonalField(options["field"])
            return erase_field(exchange_id=options["id"], field=field, position=options["position"], **decided)
