"""Judge recorded exchanges again: by today's authorisations, by one narrowed, or by a draft. Changes nothing."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from compliance.authorisations.narrow import Narrowing, narrow
from compliance.authorisations.put_in_place import put_in_place, read_terms
from compliance.authorisations.requests.as_terms import as_terms
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.snapshot import current_snapshot
from compliance.authorisations.terms import Hours
from compliance.exchanges.rejudge import EXAMPLES, rejudge
from compliance.kernel.clock import BRUSSELS, microseconds, now
from compliance.kernel.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from django.core.management.base import CommandParser

    from compliance.authorisations.terms import Terms
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

    help = "Judge recorded exchanges again: by today's authorisations, with one narrowed, or with a draft in place."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", type=date.fromisoformat, required=True, help="First day.")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, required=True, help="Last day, included.")
        parser.add_argument("--partner", metavar="CODE", help="Only exchanges of this partner.")
        parser.add_argument("--service", metavar="CODE", help="Only exchanges of this service.")
        parser.add_argument("--examples", type=int, default=EXAMPLES, help="How many to name of each difference.")
        parser.add_argument("--most", type=int, help="Stop after so many exchanges, and say where.")
        parser.add_argument("--json", action="store_true", help="Print the report as JSON, without a progress bar.")
        what_if = parser.add_argument_group("what if", "Narrow one authorisation, or one of its versions.")
        what_if.add_argument("--authorisation", metavar="CODE[/NUMBER]", help="Which one.")
        for name, field in _WITHOUT.items():
            what_if.add_argument(f"--without-{name}", dest=field, action="append", default=[], metavar="CODE")
        what_if.add_argument("--only-hours", type=_hours, metavar="08:00-18:00", help="Local hours of its days.")
        drafts = parser.add_argument_group("what if a draft had stood", "In place of its authorisation, or beside all.")
        drafts.add_argument("--request", metavar="CODE", help="The request that asks for it.")
        drafts.add_argument("--terms", type=Path, metavar="FILE", help="Its terms as JSON; docs/authorisation-use.md.")
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
        for sentence in _sentences(found, options):
            self.stdout.write(sentence)
        for reason in found.reasons:
            direction = "+" if reason.covered else "-"
            self.stdout.write(f"{direction}{reason.exchanges:>11,}  {reason.reason}  {reason.what}")
        for (partner, service), count in found.by_partner_and_service().items():
            self.stdout.write(f"{count:>12,}  {partner}  {service}")
        for example in found.examples:
            self.stdout.write(f"{example.id}  {example.old} → {example.new}  {example.authorisation}")


def _rejudge(options: dict[str, Any], bar: tqdm[NoReturn]) -> Rejudgement:
    try:
        return rejudge(
            first=options["first"],
            last=options["last"],
            terms=_terms(options),
            partner=options["partner"],
            service=options["service"],
            examples=options["examples"],
            most=options["most"],
            progress=partial(_advance, bar),
        )
    except InvalidInputError as error:
        raise CommandError(" ".join(wrong.detail for wrong in error.errors)) from error


def _terms(options: dict[str, Any]) -> tuple[Terms, ...] | None:
    """Return by what to judge; ``None`` for today's authorisations."""
    narrowing, standing = _narrowing(options), current_snapshot().terms
    drafts = [name for name in ("request", "terms") if options[name]]
    if len(drafts) + (narrowing is not None) > 1:
        message = "Ask one thing at a time: narrow an authorisation, or put one draft in place."
        raise CommandError(message)
    if options["request"]:
        request = AuthorisationRequest.objects.filter(code=options["request"]).first()
        if request is None:
            message = f"There is no request {options['request']}."
            raise CommandError(message)
        return put_in_place(standing, as_terms(request, at=now()))
    if options["terms"]:
        return put_in_place(standing, read_terms(options["terms"].read_bytes(), standing=standing))
    return None if narrowing is None else narrow(standing, narrowing)


def _sentences(found: Rejudgement, options: dict[str, Any]) -> Iterator[str]:
    draft = options["request"] or (str(options["terms"]) if options["terms"] else "")
    return found.sentences(narrowed=options["authorisation"] or "", draft=draft)


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
        "newly_covered": found.newly_covered,
        "stopped_at": found.stopped_at and found.stopped_at.isoformat(),
        "reasons": [reason._asdict() for reason in found.reasons],
        "changes": [change._asdict() for change in found.changes],
        "examples": [{**example._asdict(), "id": str(example.id)} for example in found.examples],
        "sentences": list(_sentences(found, options)),
    }


def _bar(*, quiet: bool) -> tqdm[NoReturn]:
    return tqdm(desc="judging", unit=" entries", unit_scale=True, disable=True if quiet else None)
