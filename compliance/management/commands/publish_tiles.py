"""Write the tiles of the logs to the tile store, up to their newest signed checkpoint."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from compliance.kernel.errors import ComplianceError
from compliance.ledger.logs import LogNumber
from compliance.ledger.tile_store.opened import log_named, name_of
from compliance.ledger.tile_store.write_tiles import write_tiles

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """What a background job does all the time, by hand: after the store was away, or to fill a new one."""

    help = "Write to TILE_STORE what it lacks of the logs. Safe at any time; it goes on where the store ends."

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = [name_of(log) for log in LogNumber]
        parser.add_argument("--log", choices=names, help="One log; without it all, one after the other.")

    def handle(self, *, log: str | None, **_options: object) -> None:
        if settings.TILE_STORE is None:
            message = "No tile store is set. TILE_STORE names a folder or s3://bucket/prefix."
            raise CommandError(message)
        one = log_named(log or "")
        for number in LogNumber if one is None else (one,):
            with tqdm(unit=" tiles", desc=name_of(number), disable=not sys.stderr.isatty()) as bar:
                try:
                    written = write_tiles(log=number, told=partial(_show, bar))
                except ComplianceError as error:
                    raise CommandError(error.detail) from error
            gone = f"; the entries of {written.without_entries} tiles are gone" if written.without_entries else ""
            self.stdout.write(f"{name_of(number)}: {written.files} files written, {written.size} leaves in all{gone}.")


def _show(bar: tqdm[NoReturn], done: int, expected: int) -> None:
    bar.total = expected
    bar.update(done - bar.n)
