"""Judge recorded exchanges again, by today's authorisations or by one that is narrowed; nothing changes."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from compliance.authorisations.narrow import Narrowing, narrow
from compliance.authorisations.snapshot import current_snapshot
from compliance.authorisations.terms import Hours
from compliance.exchanges.rejudge import EXAMPLES, rejudge
from compliance.kernel.clock import BRUSSELS, microseconds
from compliance.kernel.errors import InvalidInputError

if TYPE_CHECKING:
    from typing import Any

    from django.core.management.base import CommandParser

    from compliance.exchanges.rejudgement import Rejudgement

_WITHOUT = {
    "recipient": "recipients",
    "service": "services",
    "category": "categories",
    "purpose": "purposes",
    "legal-basis": "legal_bases",
    "route": "routes",
}


class Command(BaseCommand):
    """Answers what would have been outside, had a protocol been narrower."""

    help = "Judge recorded exchanges again, by today's authorisations or with one of them narrowed; changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", type=date.fromisoformat, required=True, help="First day.")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, required=True, help="Last day, included.")
        parser.add_argument("--partner", metavar="CODE", help="Only exchanges of this partner.")
        parser.add_argument("--service", metavar="CODE", help="Only exchanges of this service.")
        parser.add_argument("--examples", type=int, default=EXAMPLES, help="How many exchanges to name.")
        parser.add_argument("--json", action="store_true", help="Print the report as JSON, without a progress bar.")
        what_if = parser.add_argument_group("what if", "Narrow one authorisation, or one of its versions.")
        what_if.add_argument("--authorisation", metavar="CODE[/NUMBER]", help="Which one.")
        for name, field in _WITHOUT.items():
            what_if.add_argument(f"--without-{name}", dest=field, action="append", default=[], metavar="CODE")
        what_if.add_argument("--only-hours", type=_hours, metavar="08:00-18:00", help="Local hours of its days.")
        what_if.add_argument("--valid-until", type=date.fromisoformat, help="Its first day without force.")

    def handle(self, *_args: object, **options: Any) -> None:
        if options["last"] < options["first"]:
            message = "The last day lies before the first."
            raise CommandError(message)
        with _bar(quiet=options["json"]) as bar:
            found = _rejudge(options, bar)
        if options["json"]:
            self.stdout.write(json.dumps(_told(found, options)))
            return
        for sentence in found.sentences(narrowed=options["authorisation"] or ""):
            self.stdout.write(sentence)
        for (partner, service), count in found.by_partner_and_service().items():
            self.stdout.write(f"{count:>12,}  {partner}  {service}")
        for example in found.examples:
            self.stdout.write(f"{example.id}  {example.old} → {example.new}  {example.authorisation}")


def _rejudge(options: dict[str, Any], bar: tqdm[NoReturn]) -> Rejudgement:
    narrowing = _narrowing(options)
    try:
        return rejudge(
            first=options["first"],
            last=options["last"],
            terms=None if narrowing is None else narrow(current_snapshot().terms, narrowing),
            partner=options["partner"],
            service=options["service"],
            examples=options["examples"],
            progress=partial(_advance, bar),
        )
    except InvalidInputError as error:
        raise CommandError(" ".join(wrong.detail for wrong in error.errors)) from error


def _narrowing(options: dict[str, Any]) -> Narrowing | None:
    left_out = {field: frozenset(options[field]) for field in _WITHOUT.values()}
    until = options["valid_until"]
    asked = any(left_out.values()) or until or options["only_hours"]
    if not options["authorisation"]:
        if asked:
            message = "Say which authorisation would be narrowed: --authorisation CODE."
            raise CommandError(message)
        return None
    if not asked:
        message = "Say how the authorisation would be narrowed, for example --without-category CODE."
        raise CommandError(message)
    end = None if until is None else microseconds(datetime.combine(until, time(), BRUSSELS))
    return Narrowing(authorisation=options["authorisation"], hours=options["only_hours"], valid_until=end, **left_out)


def _advance(bar: tqdm[NoReturn], entries: int) -> None:
    bar.update(entries)


def _hours(written: str) -> tuple[str, str]:
    start, _, end = written.partition("-")
    hours = Hours(start=start, end=end)
    return hours.start, hours.end


def _told(found: Rejudgement, options: dict[str, Any]) -> dict[str, Any]:
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "authorisation": options["authorisation"],
        "judged": found.judged,
        "differing": found.differing,
        "newly_outside": found.newly_outside,
        "changes": [change._asdict() for change in found.changes],
        "examples": [{**example._asdict(), "id": str(example.id)} for example in found.examples],
        "sentences": list(found.sentences(narrowed=options["authorisation"] or "")),
    }


def _bar(*, quiet: bool) -> tqdm[NoReturn]:
    return tqdm(desc="judging", unit=" entries", unit_scale=True, disable=True if quiet else None)
