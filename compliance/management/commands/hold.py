"""Put records or a person on hold, release a hold, or list what is held."""

from __future__ import annotations

import sys
from getpass import getpass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from compliance.exchanges.vocabulary import IdentifierKind
from compliance.kernel.errors import ComplianceError
from compliance.retention.decider import decider
from compliance.retention.hold import hold_person, hold_records, release
from compliance.retention.standing_holds import standing_holds

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Print the hold: it is released by that identifier."""

    help = "Put records or a person on hold (no erasure, no destruction, no disclosure outside), or release a hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        records = what.add_parser("record", help="These records.")
        records.add_argument("ids", nargs="+", type=UUID, metavar="ID")
        person = what.add_parser("person", help="All records of a person, whose number is asked for or piped in.")
        person.add_argument("--kind", choices=IdentifierKind.values, default=IdentifierKind.INSZ)
        person.add_argument("--scope", default="", help="Whose own numbers, for other kinds than insz: its code.")
        released = what.add_parser("release", help="End a hold.")
        released.add_argument("hold", type=UUID, metavar="HOLD")
        what.add_parser("list", help="The holds that stand.")
        for decided in (records, person, released):
            decided.add_argument("--decision", required=True, help="Reference of the decision; kept, readable.")
            decided.add_argument("--reason", required=True, help="Why; kept, readable: never a name or a number.")
            decided.add_argument("--decided-by", required=True, metavar="ACCOUNT", help="The officer who decided.")

    def handle(self, *, what: str, **options: Any) -> None:
        if what == "list":
            for hold in standing_holds():
                self.stdout.write(f"{hold.entry}  {hold.at:%Y-%m-%d %H:%M}  {hold.records} records")
            return
        try:
            self.stdout.write(str(_decide(what, options)))
        except ComplianceError as error:
            raise CommandError(str(error)) from error


def _decide(what: str, options: dict[str, Any]) -> UUID:
    decided: dict[str, Any] = {
        "actor": decider(options["decided_by"]),
        "decision": options["decision"],
        "reason": options["reason"],
    }
    match what:
        case "record":
            return hold_records(exchange_ids=options["ids"], **decided)
        case "person":
            # Never an argument: those stand in the shell's history and in the list of processes.
            value = getpass("Number: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
            return hold_person(kind=options["kind"], value=value, scope=options["scope"], **decided)
        case _:
            return release(hold=options["hold"], **decided)
