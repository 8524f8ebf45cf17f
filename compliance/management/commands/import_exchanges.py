"""Import exchanges from files; exits with 1 when there are rejects, with 2 when it stopped."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NoReturn

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from compliance.exchanges.imports.chunk import Format
from compliance.exchanges.imports.import_file import forget_progress, import_file
from compliance.exchanges.imports.reporter import reporter_as_client, reporter_for, reporter_for_all
from compliance.exchanges.imports.request import CHUNK, Request
from compliance.exchanges.imports.source import STDIN
from compliance.exchanges.imports.stopped import ImportStoppedError

if TYPE_CHECKING:
    from typing import Any

    from django.core.management.base import CommandParser

    from compliance.exchanges.imports.progress import Counts
    from compliance.exchanges.imports.run import Advance
    from compliance.exchanges.recorded import Reporter

_REJECTS, _STOPPED, _INTERRUPTED = 1, 2, 130
_MOST = 50_000
_COUNTED = ("read", "recorded", "already_recorded", "rejected")


class Command(BaseCommand):
    """Run again after it was stopped or killed, it goes on where it was; run again after that, it adds nothing."""

    help = "Import exchanges from NDJSON, CSV or Parquet (docs/import.md); what is there already is not added again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="A file, gzipped or not, or - for standard input.")
        kinds = [*Format, "auto"]
        parser.add_argument("--format", choices=kinds, default="auto", help="Told by the name of a file; - is NDJSON.")
        who = parser.add_mutually_exclusive_group()
        who.add_argument("--client", metavar="NAME", help="Report as this machine client, for whom it may report.")
        who.add_argument("--producer", metavar="CODE", help="Report for this organisation only.")
        parser.add_argument("--rejects", metavar="FILE", type=Path, help="Where rejects go: FILE.rejects.ndjson.")
        workers = min(2, os.cpu_count() or 1)
        parser.add_argument("--workers", type=int, default=workers, help="Processes that read and record.")
        parser.add_argument("--chunk", type=int, default=CHUNK, help="Records in one transaction.")
        parser.add_argument("--json", action="store_true", help="Print what was done as JSON, without a progress bar.")

    def handle(self, *_args: object, **options: Any) -> None:
        _check(options)
        began = monotonic()
        try:
            requests = [_request(name, _reporter(options), options) for name in options["files"]]
            done = [_import(request, quiet=options["json"]) for request in requests]
        except ImportStoppedError as error:
            message = f"{error.detail} What was committed stays; run the same command again to go on."
            raise CommandError(message, returncode=_STOPPED) from error
        except KeyboardInterrupt as error:
            message = "Stopped. What was committed stays; run the same command again to go on."
            raise CommandError(message, returncode=_INTERRUPTED) from error
        for request in requests:
            forget_progress(request)
        summary = _sum(done, seconds=monotonic() - began)
        if options["json"]:
            self.stdout.write(json.dumps(summary))
        else:
            self._say(summary)
        if summary["rejected"]:
            sys.exit(_REJECTS)

    def _say(self, summary: dict[str, Any]) -> None:
        self.stdout.write(
            f"{summary['read']:,} records read, {summary['recorded']:,} recorded, "
            f"{summary['already_recorded']:,} recorded before, {summary['rejected']:,} rejected, "
            f"in {summary['seconds']} s ({summary['rate']:,} a second)."
        )
        for file in summary["files"]:
            if file["rejects"]:
                self.stdout.write(f"{file['rejects']} says by line why records were rejected.")


def _check(options: dict[str, Any]) -> None:
    if options["workers"] < 1 or not 1 <= options["chunk"] <= _MOST:
        message = f"Give at least one worker, and chunks of 1 to {_MOST:,} records."
        raise CommandError(message, returncode=_STOPPED)
    if options["rejects"] and len(options["files"]) > 1:
        message = "--rejects names the rejects of one file. Import the files one by one."
        raise CommandError(message, returncode=_STOPPED)
    if len(set(options["files"])) < len(options["files"]):
        message = "A file is named twice."
        raise CommandError(message, returncode=_STOPPED)


def _reporter(options: dict[str, Any]) -> Reporter:
    if options["client"]:
        return reporter_as_client(options["client"])
    return reporter_for(options["producer"]) if options["producer"] else reporter_for_all()


def _request(name: str, reporter: Reporter, options: dict[str, Any]) -> Request:
    return Request(
        name=name,
        reporter=reporter,
        kind=None if options["format"] == "auto" else Format(options["format"]),
        rejects=options["rejects"],
        workers=options["workers"],
        chunk=options["chunk"],
    )


def _import(request: Request, *, quiet: bool) -> dict[str, Any]:
    bar: tqdm[NoReturn] = tqdm(
        desc="standard input" if request.name == STDIN else Path(request.name).name,
        unit=" records",
        unit_scale=True,
        disable=True if quiet else None,
    )
    with bar:
        advances = import_file(request)
        first = last = next(advances)
        _show(bar, first)
        bar.unpause()
        for last in advances:
            _show(bar, last)
    return {
        "file": request.name,
        "format": request.format,
        **_counts(last.counts),
        "read_before": first.counts.read,
        "rejects": str(request.rejects_path) if last.counts.rejected else None,
    }


def _show(bar: tqdm[NoReturn], advance: Advance) -> None:
    bar.total = advance.expected
    if advance.counts.rejected:
        bar.set_postfix(rejected=advance.counts.rejected, refresh=False)
    bar.update(advance.counts.read - bar.n)


def _counts(counts: Counts) -> dict[str, int]:
    return {name: getattr(counts, name) for name in _COUNTED}


def _sum(files: list[dict[str, Any]], *, seconds: float) -> dict[str, Any]:
    """Add the files up. What an earlier, stopped run had read counts, but not for the rate."""
    total = {name: sum(file[name] for file in files) for name in _COUNTED}
    read = total["read"] - sum(file["read_before"] for file in files)
    rate = round(read / seconds) if seconds else 0
    return {**total, "seconds": round(seconds, 1), "rate": rate, "files": files}
