"""An import that was stopped goes on where it was; whatever happens in between, the end is the same."""

from __future__ import annotations

import random
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError
from django.db import transaction

from compliance.exchanges.imports.import_file import import_file
from compliance.exchanges.imports.request import Request
from compliance.exchanges.models import Exchange, ExchangeCorrection
from compliance.exchanges.prepare import key
from compliance.kernel.record_id import text_of
from compliance.ledger.models import Entry
from tests.exchanges.importing import Fields, csv_table, import_files, many, ndjson, parquet, rejects_of
from tests.exchanges.world import GATEWAY, fields, report

if TYPE_CHECKING:
    from pathlib import Path

    import psycopg


def import_partly(path: Path, *, chunks: int, chunk: int = 10) -> None:
    """Import as the command does, and stop after some chunks."""
    from compliance.exchanges.imports.reporter import reporter_for_all  # noqa: PLC0415 - what the command reports as

    advances = import_file(Request(name=str(path), reporter=reporter_for_all(), chunk=chunk))
    list(islice(advances, 1 + chunks))
    advances.close()  # type: ignore[attr-defined]


def correction(of: Fields, reference: str) -> Fields:
    """Return a correction of a report."""
    original = text_of(key(report(**of), producer="KBI").id)
    return fields(message_reference=reference, corrects=original, outcome="failed")


@pytest.mark.parametrize("name", ["a.ndjson", "a.ndjson.gz", "a.csv", "a.csv.gz", "a.parquet"])
def test_a_stopped_import_goes_on_after_the_last_chunk_that_is_certain(tmp_path: Path, world: None, name: str) -> None:
    make = {"ndjson": ndjson, "csv": csv_table, "parquet": parquet}[name.split(".")[1]]
    told = [*many(47), fields(route="POST"), *many(60)[47:]]
    path = make(tmp_path / name, told) if make is not parquet else parquet(tmp_path / name, told, group=17)
    import_partly(path, chunks=3)
    there = Exchange.objects.count()
    assert 0 < there < 60
    done, status = import_files(path, chunk=7)
    assert (status, done["read"], done["recorded"], done["rejected"]) == (1, 61, 60, 1)
    assert done["already_recorded"] == 0
    assert Exchange.objects.count() == Entry.objects.count() == 60
    assert len(rejects_of(path)) == 1
    assert not path.with_name(f"{name}.progress").exists()


def test_what_was_committed_and_not_yet_noted_is_recognised(tmp_path: Path, world: None) -> None:
    path = ndjson(tmp_path / "a.ndjson", many(40))
    import_partly(path, chunks=2)
    noted = path.with_name("a.ndjson.progress").read_bytes()
    import_partly(path, chunks=1)
    path.with_name("a.ndjson.progress").write_bytes(noted)
    done, _ = import_files(path)
    assert (done["recorded"], done["already_recorded"]) == (30, 10)
    assert Exchange.objects.count() == 40


def test_rejects_that_were_written_and_not_yet_noted_are_not_told_twice(tmp_path: Path, world: None) -> None:
    path = ndjson(tmp_path / "a.ndjson", [*many(10), "{", *many(20)[10:], "["])
    import_partly(path, chunks=2)
    with path.with_name("a.ndjson.rejects.ndjson").open("ab") as file:
        file.write(b'{"line": 22, "err')
    import_files(path)
    assert [line for line, _ in rejects_of(path)] == [11, 22]


def test_a_changed_file_starts_over(tmp_path: Path, world: None) -> None:
    path = ndjson(tmp_path / "a.ndjson", many(40))
    import_partly(path, chunks=2)
    ndjson(path, many(41))
    done, _ = import_files(path)
    assert (done["read"], done["recorded"], done["already_recorded"]) == (41, 21, 20)


def test_an_import_into_a_restored_older_database_starts_over(tmp_path: Path, world: None) -> None:
    path = ndjson(tmp_path / "a.ndjson", many(40))
    with transaction.atomic():
        import_partly(path, chunks=2)
        assert Exchange.objects.count() == 20
        transaction.set_rollback(True)
    assert Exchange.objects.count() == 0
    assert import_files(path)[0]["recorded"] == 40


@pytest.mark.parametrize("noted", [b"", b"{", b'{"subject": 1}\n'])
def test_a_progress_file_that_makes_no_sense_starts_over(tmp_path: Path, world: None, noted: bytes) -> None:
    path = ndjson(tmp_path / "a.ndjson", many(5))
    path.with_name("a.ndjson.progress").write_bytes(noted)
    assert import_files(path)[0]["recorded"] == 5


def test_files_that_were_done_are_not_read_again_when_a_later_one_stopped(tmp_path: Path, world: None) -> None:
    first, second = ndjson(tmp_path / "a.ndjson", many(5)), ndjson(tmp_path / "b.ndjson", ["[]", *many(6)])
    with pytest.raises(CommandError, match="JSON array"):
        import_files(first, second)
    ndjson(second, many(6))
    done, _ = import_files(first, second)
    assert [(file["recorded"], file["already_recorded"]) for file in done["files"]] == [(5, 0), (1, 5)]
    assert sorted(tmp_path.iterdir()) == [first, second]


def test_two_imports_of_one_file_at_a_time_are_one_too_many(tmp_path: Path, world: None) -> None:
    path = ndjson(tmp_path / "a.ndjson", many(20))
    running = import_file(Request(name=str(path), reporter=GATEWAY, chunk=5))
    next(running)
    with pytest.raises(CommandError, match="Another import of this file"):
        import_files(path)
    assert [advance.counts.recorded for advance in running][-1] == 20


def test_corrections_may_stand_before_what_they_correct_and_in_any_other_chunk(tmp_path: Path, world: None) -> None:
    originals = many(30)
    first = [correction(one, f"c1-{number}") for number, one in enumerate(originals[:10])]
    second = [correction(one, f"c2-{number}") for number, one in enumerate(first)]
    told = [*originals, *first, *second]
    random.Random(7).shuffle(told)  # noqa: S311 - an order, not a secret
    for path in (ndjson(tmp_path / "a.ndjson", told), parquet(tmp_path / "a.parquet", told)):
        done, status = import_files(path, chunk=6)
        assert (status, done["read"], done["rejected"]) == (0, 50, 0), (path.name, rejects_of(path)[:3])
        assert (done["recorded"], done["already_recorded"]) in {(50, 0), (0, 50)}
    assert ExchangeCorrection.objects.count() == 20


def test_a_correction_of_what_nobody_reported_is_a_reject_and_so_is_a_second_one(tmp_path: Path, world: None) -> None:
    one, unknown = many(2)
    told = [correction(unknown, "c-1"), one, correction(one, "c-2"), correction(one, "c-3"), *many(9)[2:]]
    path = ndjson(tmp_path / "a.ndjson", told)
    done, status = import_files(path, chunk=2)
    assert (status, done["recorded"]) == (1, 9)
    assert rejects_of(path) == [(4, [("/corrects", "corrected-before")]), (1, [("/corrects", "unknown-record")])]


def test_an_error_of_the_database_stops_the_import_which_then_goes_on(
    tmp_path: Path, committed_world: None, superuser_connection: psycopg.Connection
) -> None:
    path = ndjson(tmp_path / "a.ndjson", many(40))
    import_partly(path, chunks=2)
    superuser_connection.execute("REVOKE INSERT ON exchanges_exchange FROM kbi_app")
    with pytest.raises(CommandError, match=r"line 21 .* permission denied .* run the same command again") as stopped:
        import_files(path)
    assert stopped.value.returncode == 2
    superuser_connection.execute("GRANT INSERT ON exchanges_exchange TO kbi_app")
    done, _ = import_files(path)
    assert (done["recorded"], done["already_recorded"]) == (40, 0)


@pytest.mark.parametrize("make", [ndjson, csv_table, parquet])
def test_how_many_records_there_are_is_estimated_well_before_the_end(tmp_path: Path, world: None, make: Any) -> None:
    path = make(tmp_path / f"a.{make.__name__.removesuffix('_table')}", many(400))
    told = list(import_file(Request(name=str(path), reporter=GATEWAY, chunk=100)))
    assert [advance.counts.read for advance in told[:3]] == [0, 100, 200]
    assert all(advance.expected is not None and 390 <= advance.expected <= 410 for advance in told[1:])
