"""Make a log's signing key, and announce in the logs that it changes. docs/witnessing.md has the whole procedure.

    manage.py signing_key --name ORIGIN --key FILE                            make a key, print its verifier key
    manage.py signing_key --announce --old VKEY --new VKEY --reason WHY       the log's key changes
    manage.py signing_key --announce --old VKEY --after FILE --log 1 --reason WHY    a new log follows an old one

Making a key needs no setting of the service. Announcing is done where the service runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from compliance.kernel.actor import Actor, ActorKind, system
from compliance.kernel.errors import ComplianceError
from compliance.ledger.notes import LOG_SIGNATURE, NoteError
from compliance.ledger.witnessing.keys import new_key, write_key

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Make or announce a key."""

    help = "Make the key with which a log's heads are signed, or announce that it changes."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", metavar="ORIGIN", help="origin of the log whose heads the new key signs")
        parser.add_argument("--key", type=Path, metavar="FILE", help="where the private key goes: a new file")
        parser.add_argument("--announce", action="store_true", help="write an entry in the logs")
        parser.add_argument("--old", metavar="VKEY", help="verifier key that was used until now")
        parser.add_argument("--new", metavar="VKEY", help="verifier key that is used from now on")
        parser.add_argument("--after", type=Path, metavar="FILE", help="last confirmed checkpoint of the old log")
        parser.add_argument("--log", type=int, default=1, help="number of the log that follows the old one")
        parser.add_argument("--actor", help="account name of the person who decides")
        parser.add_argument("--reason", default="", help="why; it stays in the log")

    def handle(self, **options: Any) -> None:
        try:
            match options:
                case {"announce": True, "old": str(old), "after": Path() as after}:
                    self._succeed(old, after, options)
                case {"announce": True, "old": str(old), "new": str(new)}:
                    self._change(old, new, options)
                case {"announce": False, "name": str(name), "key": Path() as path}:
                    key = new_key(name, LOG_SIGNATURE)
                    write_key(key, path)
                    self.stdout.write(key.vkey)
                case _:
                    message = "Give --name and --key, or --announce with --old and --new, or with --old and --after."
                    raise CommandError(message)
        except (ComplianceError, NoteError, OSError) as error:
            raise CommandError(str(error)) from error

    def _change(self, old: str, new: str, options: dict[str, Any]) -> None:
        # Only here are the service's settings there.
        from compliance.ledger.change_key import change_key  # noqa: PLC0415

        entries = change_key(old=old, new=new, actor=_actor(options), reason=options["reason"])
        for log, entry in entries.items():
            self.stdout.write(f"{log.name.lower()}: {entry}")

    def _succeed(self, old: str, after: Path, options: dict[str, Any]) -> None:
        # Only here are the service's settings there.
        from compliance.ledger.succeed import succeed  # noqa: PLC0415

        checkpoint = after.read_text(encoding="utf-8")
        actor, reason = _actor(options), options["reason"]
        entry = succeed(log=options["log"], checkpoint=checkpoint, key=old, actor=actor, reason=reason)
        self.stdout.write(str(entry))


def _actor(options: dict[str, Any]) -> Actor:
    return Actor(kind=ActorKind.PERSON, name=options["actor"]) if options["actor"] else system("signing_key")
