"""What is good is recorded; what is not is told by line, with pointer and code, and never with its content."""

from __future__ import annotations

import io
import json
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError

from compliance.exchanges.models import Exchange
from compliance.exchanges.record import record
from compliance.kernel.clock import now
from tests.exchanges.importing import csv_table, import_files, many, ndjson, parquet, rejects_of
from tests.exchanges.world import GATEWAY, INSZ, fields, report

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("world")

BAD: list[tuple[Any, str, str]] = [
    (fields(started_at="1999-12-31T23:59:59Z"), "/started_at", "time-out-of-range"),
    (fields(started_at=(now() + timedelta(hours=1)).isoformat()), "/started_at", "time-out-of-range"),
    (fields(route="POST"), "/route", "unknown"),
    (fields(producer="NIEMAND"), "/producer", "not-your-producer"),
    (fields(purpose=None), "/purpose", "missing"),
    (fields(kleur="rood"), "/kleur", "unknown-field"),
    (fields(outcome="misschien"), "/outcome", "not-a-value"),
    (fields(record_count="veel"), "/record_count", "shape"),
    (fields(subjects=[{"kind": "insz", "value": "12345678901"}]), "/subjects/0/value", "not-an-identifier"),
    (fields(message_reference=f"ref-{INSZ}"), "/message_reference", "holds-national-number"),
    (fields(corrects="018f0000-0000-7000-8000-000000000000"), "/corrects", "unknown-record"),
    ('{"message_reference": ', "", "malformed-input"),
    ("[1]", "", "shape"),
    (json.dumps(fields(dossier="x" * 70_000)), "", "too-large"),
]


def test_good_records_are_recorded_and_each_bad_one_is_told_by_its_line(tmp_path: Path) -> None:
    told = [one for good, bad in zip(many(len(BAD)), BAD, strict=True) for one in (good, bad[0])]
    path = ndjson(tmp_path / "a.ndjson", told)
    done, status = import_files(path, chunk=5)
    assert status == 1
    assert (done["read"], done["recorded"], done["rejected"]) == (2 * len(BAD), len(BAD), len(BAD))
    assert sorted(rejects_of(path)) == [
        (2 * number, [(pointer, code)]) for number, (_, pointer, code) in enumerate(BAD, 1)
    ]
    assert Exchange.objects.count() == len(BAD)


def test_no_value_of_a_rejected_record_is_spread(tmp_path: Path) -> None:
    secret = "D-GEHEIM-42"
    wrong = [{**one[0], "dossier": secret} for one in BAD if isinstance(one[0], dict)]
    for path in (ndjson(tmp_path / "a.ndjson", [*wrong, f'{{"{secret}']), csv_table(tmp_path / "a.csv", wrong[:4])):
        import_files(path)
        told = path.with_name(f"{path.name}.rejects.ndjson").read_text()
        assert not any(value in told for value in (secret, INSZ, "12345678901", "u-77", "misschien", "veel"))


def test_the_same_key_with_another_content_is_a_reject(tmp_path: Path) -> None:
    record(reports=[report(message_reference="known")], reporter=GATEWAY)
    told = [fields(message_reference="known", outcome="failed"), *many(2), {**many(1)[0], "outcome": "failed"}]
    path = ndjson(tmp_path / "a.ndjson", told)
    done, status = import_files(path)
    assert (status, done["recorded"], done["rejected"]) == (1, 2, 2)
    assert rejects_of(path) == [
        (1, [("/message_reference", "conflicting-content")]),
        (4, [("/message_reference", "conflicting-content")]),
    ]


def test_a_file_full_of_conflicts_is_told_whole(tmp_path: Path) -> None:
    import_files(ndjson(tmp_path / "a.ndjson", many(150)))
    changed = ndjson(tmp_path / "b.ndjson", [{**one, "outcome": "failed"} for one in many(150)])
    assert import_files(changed)[0]["rejected"] == 150


def test_a_second_import_recognises_every_record_and_clears_old_rejects(tmp_path: Path) -> None:
    path = ndjson(tmp_path / "a.ndjson", [*many(7), "{"])
    import_files(path)
    done, status = import_files(path)
    assert (status, done["recorded"], done["already_recorded"], done["rejected"]) == (1, 0, 7, 1)
    assert len(rejects_of(path)) == 1
    ndjson(path, many(7))
    assert import_files(path)[1] == 0
    assert list(tmp_path.iterdir()) == [path]


def test_lines_of_csv_count_as_an_editor_does_and_rows_of_parquet_from_one(tmp_path: Path) -> None:
    told = [*many(4)]
    told[1] = {**told[1], "route": "POST", "asker": {"organisation": "VDAB", "application": "twee\nregels"}}
    told[3] = {**told[3], "route": "POST"}
    table = csv_table(tmp_path / "a.csv", told)
    import_files(table, chunk=1)
    unknown = ("/route", "unknown")
    assert rejects_of(table) == [(3, [unknown, ("/asker/application", "not-text")]), (6, [unknown])]
    rows = parquet(tmp_path / "a.parquet", told, group=3)
    import_files(rows, chunk=2)
    assert rejects_of(rows) == [(2, [unknown, ("/asker/application", "not-text")]), (4, [unknown])]


@pytest.mark.parametrize("broken", ['"open', 'x"y"', '"a" b', "x,x", "\udcff"])
def test_a_row_with_broken_quotes_fields_or_text_costs_that_row_only(tmp_path: Path, broken: str) -> None:
    path = csv_table(tmp_path / "a.csv", many(6))
    lines = path.read_bytes().split(b"\r\n")
    lines[3] = broken.encode(errors="surrogateescape") + b"," + lines[3].partition(b",")[2]
    path.write_bytes(b"\r\n".join(lines))
    done, _ = import_files(path)
    assert (done["recorded"], done["rejected"]) == (5, 1)
    assert rejects_of(path)[0][0] == 4


def test_a_line_of_any_length_is_one_reject_and_never_fills_the_memory(tmp_path: Path, settings: Any) -> None:
    settings.MAX_RECORD_BYTES = 2_000
    long = json.dumps(fields(dossier="x" * 3_000_000))
    path = ndjson(tmp_path / "a.ndjson", [*many(1), long, *many(2)])
    assert import_files(path)[0]["recorded"] == 2
    assert rejects_of(path) == [(2, [("", "too-large")])]
    table = csv_table(tmp_path / "a.csv", [*many(2), fields(dossier="x" * 3_000_000)])
    assert import_files(table)[0]["already_recorded"] == 2
    assert rejects_of(table) == [(4, [("", "too-large")])]


def test_rejects_go_where_the_operator_says(tmp_path: Path) -> None:
    path = ndjson(tmp_path / "a.ndjson", ["{"])
    elsewhere = tmp_path / "out" / "why.ndjson"
    elsewhere.parent.mkdir()
    tmp_path.chmod(0o555)
    import_files(path, rejects=elsewhere)
    tmp_path.chmod(0o755)
    assert [json.loads(elsewhere.read_text())["line"], *elsewhere.parent.iterdir()] == [1, elsewhere]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = ndjson(tmp_path / "a.ndjson", ["{"])
    with pytest.raises(CommandError, match="--rejects"):
        import_files(path, rejects=tmp_path / "none" / "why.ndjson")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(b"{"))))
    with pytest.raises(CommandError, match=r"why\.ndjson cannot be written"):
        import_files("-", rejects=tmp_path / "none" / "why.ndjson")


def test_a_client_reports_only_for_whom_it_may(tmp_path: Path, magda_gateway_token: str) -> None:
    path = ndjson(tmp_path / "a.ndjson", many(1))
    assert import_files(path, client="magda-gateway")[0]["recorded"] == 1
    done, _ = import_files(path, producer="VMSW")
    assert (done["recorded"], rejects_of(path)) == (0, [(1, [("/producer", "not-your-producer")])])
    without = ndjson(tmp_path / "b.ndjson", [fields(producer=None)])
    import_files(without, producer="VMSW")
    assert Exchange.objects.filter(producer="VMSW").count() == 1
    for wrong in ({"client": "nobody"}, {"producer": "NIEMAND"}):
        with pytest.raises(CommandError, match=r"There is no|not an organisation"):
            import_files(path, **wrong)
