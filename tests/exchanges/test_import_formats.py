"""The same exchanges come in from every format, and are the same records."""

from __future__ import annotations

import io
import json
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError

from compliance.exchanges.models import Exchange
from compliance.exchanges.reveal import reveal
from compliance.kernel.actor import system
from compliance.ledger.models import Entry
from kbi_audit.embedded.home import PROJECT
from tests.exchanges.importing import csv_table, flat, import_files, many, ndjson, parquet
from tests.exchanges.world import INSZ, OTHER_INSZ, fields

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("world")

TRACE = f"00-{'a' * 32}-{'b' * 16}-01"
FULL = fields(
    asker={
        "organisation": "VDAB",
        "on_behalf_of": "VMSW",
        "application": "Mijn loopbaan",
        "capacity": "70-01",
        "user": {"kind": "local", "value": "u-77", "group": "consulent"},
    },
    subjects=[{"kind": "insz", "value": INSZ, "role": "client"}, {"kind": "dossier", "value": "A:7", "role": "child"}],
    relation="household",
    ended_at="2016-03-01T10:14:04.5+01:00",
    request_bytes=812,
    response_bytes=3120,
    environment="acceptance",
    authorisation="VTC 2014/1",
    chain={"correlation_id": "c-1", "request_id": "q-1", "tracing_id": "t-1", "traceparent": TRACE},
    exceptions=["E-1", "E 2"],
    confidentiality="confidential",
    retention="thirty-years",
    payload_digest={"algorithm": "sha-256", "value": "x" * 43},
)


def test_every_field_means_the_same_in_every_format(tmp_path: Path) -> None:
    """Imported again from another format, each record is recognised by its content: nothing differs."""
    assert import_files(ndjson(tmp_path / "a.ndjson", [FULL, *many(3)]))[0]["recorded"] == 4
    for path in (
        ndjson(tmp_path / "a.jsonl.gz", [FULL, *many(3)]),
        csv_table(tmp_path / "a.csv", [FULL, *many(3)]),
        csv_table(tmp_path / "b.csv.gz", [FULL, *many(3)]),
        parquet(tmp_path / "a.parquet", [FULL, *many(3)]),
    ):
        done, status = import_files(path)
        assert (status, done["recorded"], done["already_recorded"]) == (0, 0, 4), path.name
    assert Exchange.objects.count() == Entry.objects.count() == 4


def test_parquet_takes_dotted_columns_and_times_of_every_unit(tmp_path: Path) -> None:
    moment = datetime(2016, 3, 1, 9, 14, 3, tzinfo=UTC)
    for number, unit in enumerate(("s", "ms", "us", "ns")):
        row = {**flat(fields(message_reference=f"r-{number}")), "producer_sequence": 1.0}
        table = pa.Table.from_pylist([row]).drop_columns(["started_at"])
        started = pa.array([moment], pa.timestamp(unit, tz="Europe/Brussels"))
        pq.write_table(table.append_column("started_at", started), tmp_path / f"{unit}.parquet")
        assert import_files(tmp_path / f"{unit}.parquet")[0]["recorded"] == 1
    assert set(Exchange.objects.values_list("started_at", flat=True)) == {moment}


def test_parquet_with_text_that_is_no_utf_8_stops_the_import(tmp_path: Path) -> None:
    table = pa.Table.from_pylist([flat(fields())]).drop_columns(["purpose"])
    broken = pa.StringArray.from_buffers(1, pa.array([0, 2], pa.int32()).buffers()[1], pa.py_buffer(b"\xff\xfe"))
    pq.write_table(table.append_column("purpose", broken), tmp_path / "a.parquet")
    with pytest.raises(CommandError, match="not of their columns' types"):
        import_files(tmp_path / "a.parquet")


def test_a_quoted_field_may_hold_commas_quotes_and_persons_may_be_many(tmp_path: Path) -> None:
    told = fields(
        asker={"organisation": "VDAB", "application": 'Mijn "loopbaan", versie 2'},
        subjects=[{"kind": "insz", "value": INSZ}, {"kind": "insz", "value": OTHER_INSZ, "role": "family-member"}],
    )
    assert import_files(csv_table(tmp_path / "a.csv", [told]))[0]["recorded"] == 1
    exchange = Exchange.objects.get()
    opened = reveal(exchange_id=exchange.id, actor=system("test"), reason="een test van de import")
    assert [(person.value, person.role) for person in opened.subjects] == [
        (INSZ, "client"),
        (OTHER_INSZ, "family-member"),
    ]
    leaf = json.loads(bytes(Entry.objects.get(id=exchange.id).leaf))
    assert leaf["asker"]["application"] == 'Mijn "loopbaan", versie 2'


@pytest.mark.parametrize("kind", ["ndjson", "csv"])
def test_standard_input_is_imported_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.chdir(tmp_path)
    make = ndjson if kind == "ndjson" else csv_table
    octets = make(tmp_path / f"a.{kind}", many(5)).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(octets))))
    done, status = import_files("-", format=kind, chunk=2)
    assert (status, done["recorded"]) == (0, 5)
    assert [path.name for path in tmp_path.iterdir()] == [f"a.{kind}"]


def test_a_mark_of_byte_order_and_empty_lines_are_no_records(tmp_path: Path) -> None:
    for path in (ndjson(tmp_path / "a.ndjson", many(2)), csv_table(tmp_path / "a.csv", many(2))):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\n\n"))
        assert import_files(path)[0]["read"] == 2


def test_several_files_are_imported_in_one_go_and_summed(tmp_path: Path) -> None:
    first = ndjson(tmp_path / "a.ndjson", many(3))
    second = csv_table(tmp_path / "b.csv", many(5))
    done, status = import_files(first, second)
    assert (status, done["read"], done["recorded"], done["already_recorded"]) == (0, 8, 5, 3)
    assert [file["read"] for file in done["files"]] == [3, 5]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ndjson", "b.csv"]


@pytest.mark.parametrize(
    ("name", "octets", "said"),
    [
        ("a.ndjson", b'[{"a": 1}]', "JSON array"),
        ("a.txt", b"{}", "--format"),
        ("a.csv", b"message_reference;started_at\n", "semicolons"),
        ("a.csv", b"message_reference,kleur\n", "unknown columns: kleur; no column for .* started_at"),
        ("a.csv", b"\xff\xfeb\x00\n", "not a CSV header"),
        ("a.csv", b"", "asker.organisation"),
        ("a.parquet", b"PAR1 and no more", "not a Parquet file"),
        ("a.ndjson.gz", b"\x1f\x8b\x08\x00broken", "breaks off"),
    ],
)
def test_a_file_that_is_no_table_of_exchanges_stops_the_import_with_a_remedy(
    tmp_path: Path, name: str, octets: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(octets)
    with pytest.raises(CommandError, match=said) as stopped:
        import_files(path)
    assert stopped.value.returncode == 2


def test_a_file_that_is_not_there_or_named_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        import_files(tmp_path / "none.ndjson")
    with pytest.raises(CommandError, match="twice"):
        import_files(tmp_path / "none.ndjson", tmp_path / "none.ndjson")


@pytest.mark.usefixtures("register")
def test_the_examples_of_the_documentation_are_recorded_and_covered(tmp_path: Path) -> None:
    page = (PROJECT / "docs" / "import.md").read_text()
    examples = re.findall(r"```(json|csv)\n(.*?)```", page, re.DOTALL)
    assert [kind for kind, _ in examples] == ["json", "csv"]
    for kind, text in examples:
        path = tmp_path / f"example.{'ndjson' if kind == 'json' else kind}"
        path.write_text(text)
        done, status = import_files(path)
        assert (status, done["rejected"]) == (0, 0)
    # The first stands in both formats, and is one exchange.
    assert list(Exchange.objects.values_list("verdict", flat=True)) == ["covered"] * 2
