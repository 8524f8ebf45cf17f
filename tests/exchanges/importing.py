"""What tests of the import share: files to import, and the command."""

from __future__ import annotations

import csv
import gzip
import io
import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.core.management import call_command

from tests.exchanges.world import fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

Fields = dict[str, Any]


def many(count: int, **changes: Any) -> list[Fields]:
    """Return good reports that differ in their reference, and lie some minutes apart from January on."""
    return [
        fields(
            message_reference=f"r-{number}",
            started_at=f"2016-{1 + number % 12:02d}-03T09:{number // 60 % 60:02d}:{number % 60:02d}Z",
            producer_sequence=number,
            **changes,
        )
        for number in range(count)
    ]


def import_files(*paths: Path | str, **options: Any) -> tuple[Fields, int]:
    """Run the command in this process; return what it says it did, and its exit status."""
    out, status = io.StringIO(), 0
    try:
        call_command("import_exchanges", *map(str, paths), stdout=out, json=True, **{"workers": 1, **options})
    except SystemExit as left:
        status = int(str(left.code))
    return dict(json.loads(out.getvalue())), status


def rejects_of(path: Path) -> list[tuple[int, list[tuple[str, str]]]]:
    """Return the rejects beside a file: line, and pointer and code of each error."""
    told = [json.loads(line) for line in path.with_name(f"{path.name}.rejects.ndjson").read_text().splitlines()]
    return [(each["line"], [(error["pointer"], error["code"]) for error in each["errors"]]) for each in told]


def ndjson(path: Path, reports: Iterable[Fields | str]) -> Path:
    """Write NDJSON, gzipped by its name; what is text is written as it is."""
    lines = "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in reports).encode()
    path.write_bytes(gzip.compress(lines) if path.suffix == ".gz" else lines)
    return path


def flat(report: Fields) -> dict[str, str]:
    """Return a report as a row of a CSV table."""
    row: dict[str, str] = {}

    def put(prefix: str, part: Fields) -> None:
        for name, value in part.items():
            match value:
                case dict():
                    put(f"{prefix}{name}.", value)
                case [dict(), *_]:
                    row[prefix + name] = "|".join(":".join(person.values()) for person in value)
                case list():
                    row[prefix + name] = "|".join(value)
                case _:
                    row[prefix + name] = str(value)

    put("", report)
    return row


def csv_table(path: Path, reports: Sequence[Fields]) -> Path:
    """Write CSV, gzipped by its name."""
    rows = [flat(one) for one in reports]
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)))
    table.writeheader()
    table.writerows(rows)
    octets = text.getvalue().encode()
    path.write_bytes(gzip.compress(octets) if path.suffix == ".gz" else octets)
    return path


def parquet(path: Path, reports: Sequence[Fields], *, group: int = 1_000) -> Path:
    """Write Parquet with nested columns."""
    names = dict.fromkeys(name for one in reports for name in one)
    table = pa.table({name: [one.get(name) for one in reports] for name in names})
    pq.write_table(table, path, row_group_size=group)
    return path
