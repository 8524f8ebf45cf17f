"""Let the followers catch up with what was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from compliance import pipeline

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Print how many entries were counted."""

    help = "Count what was recorded since the last time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--until-idle",
            action="store_true",
            help="Count all that was begun before this command; wait for writers and followers that still run.",
        )

    def handle(self, *, until_idle: bool, **_options: object) -> None:
        with tqdm(unit=" entries", unit_scale=True, desc="counting", disable=None, leave=False) as bar:
            try:
                entries = pipeline.follow_until_idle(progress=bar.update) if until_idle else _follow()
            except TimeoutError as error:
                raise CommandError(str(error)) from error
        self.stdout.write(f"{entries} entries counted.")


def _follow() -> int:
    entries = pipeline.follow()
    pipeline.follow_use()
    return entries
