"""Promises of what partners tell of their dossiers."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from compliance.access.models import MachineClient
from compliance.detection.models import Dossier
from compliance.exchanges.people import dossier_lookup, person_lookup
from compliance.kernel.pseudonyms import short
from compliance.oversight.models import Act
from tests.exchanges.world import INSZ, OTHER_INSZ, make_world

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.http import HttpResponse
    from django.test import Client

URL = "/api/v1/dossiers"
LINES = "application/x-ndjson"
ONE: dict[str, Any] = {
    "dossier": "D-2016-0042",
    "person": {"value": INSZ},
    "opened": "2016-01-04",
    "holder": {"kind": "local", "value": "u-77"},
    "team": "Gent",
}
Post = Any


@pytest.fixture
def post(client: Client, magda_gateway_token: str) -> Callable[..., HttpResponse]:
    """Return a function that tells dossiers as magda-gateway, for VDAB unless they say otherwise."""
    make_world()

    def send(*told: dict[str, Any], content_type: str = "application/json", **headers: str) -> Any:
        dossiers = [{"partner": "VDAB", **one} for one in told]
        lines = content_type == LINES
        body = "\n".join(map(json.dumps, dossiers)) if lines else json.dumps(dossiers)
        return client.post(
            URL, body, content_type, headers={"Authorization": f"Bearer {magda_gateway_token}", **headers}
        )

    return send


def test_a_dossier_is_kept_as_exchanges_will_name_it(post: Post) -> None:
    answer = post(ONE)

    assert (answer.status_code, answer.json()) == (200, {"new": 1, "changed": 0, "known": 0})
    kept = Dossier.objects.get()
    assert kept.partner == "VDAB"
    assert kept.person == short(person_lookup("VDAB", "insz", INSZ))
    assert kept.dossier == short(dossier_lookup("VDAB", "D-2016-0042"))
    assert kept.holder == short(person_lookup("VDAB", "local", "u-77"))
    assert (kept.team, kept.opened, kept.closed) == ("Gent", date(2016, 1, 4), None)


def test_no_number_and_no_reference_is_kept_in_clear(post: Post) -> None:
    post(ONE)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT dossier::text FROM compliance_dossier AS dossier UNION SELECT act::text FROM oversight_act AS act"
        )
        kept = " ".join(row for (row,) in cursor.fetchall())
    assert INSZ not in kept
    assert "D-2016-0042" not in kept
    assert "u-77" not in kept


def test_telling_it_again_changes_nothing_and_telling_otherwise_replaces_it(post: Post) -> None:
    post(ONE)
    before = Dossier.objects.get()
    assert post(ONE, content_type=LINES).json() == {"new": 0, "changed": 0, "known": 1}
    assert Dossier.objects.get().told_at == before.told_at
    assert post(ONE | {"closed": "2016-05-01"}).json() == {"new": 0, "changed": 1, "known": 0}
    assert Dossier.objects.get().closed == date(2016, 5, 1)
    assert Act.objects.filter(kind="dossiers:told").count() == 3


def test_a_dossier_about_two_persons_is_told_once_for_each(post: Post) -> None:
    assert post(ONE, ONE | {"person": {"value": OTHER_INSZ}}).json()["new"] == 2


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"person": {"value": "12345678901"}}, "/1/person/value", "not-an-identifier"),
        ({"holder": {"value": "u-77"}}, "/1/holder/value", "not-an-identifier"),
        ({"dossier": " D "}, "/1/dossier", "not-an-identifier"),
        ({"closed": "2015-01-01"}, "/1/closed", "time-order"),
        ({"team": f"team {INSZ}"}, "/1/team", "not-text"),
        ({"partner": "AGII"}, "/1/partner", "not-your-partner"),
        ({"opened": "soon"}, "/1/opened", "shape"),
        ({"colour": "red"}, "/1/colour", "unknown-field"),
        ({"closed": "2016-09-01", "dossier": "D-2016-0042"}, "/1/dossier", "told-twice"),
    ],
)
def test_what_is_wrong_is_refused_with_its_field_and_nothing_is_kept(
    post: Post, changes: dict[str, Any], pointer: str, code: str
) -> None:
    answer = post(ONE, ONE | {"dossier": "D-2"} | changes)
    assert answer.status_code == 422, answer.content
    (error,) = answer.json()["errors"]
    assert (error["pointer"], error["code"]) == (pointer, code)
    assert INSZ.encode() not in answer.content
    assert not Dossier.objects.exists()


def test_a_client_without_the_scope_is_told_which_one_it_needs(post: Post) -> None:
    MachineClient.objects.filter(name="magda-gateway").update(scopes=["exchanges:report"])
    answer = post(ONE)
    assert answer.status_code == 403
    assert "dossiers:report" in answer.json()["detail"]
    assert not Dossier.objects.exists()


def _csv(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["partner,dossier,person,holder,team,opened,closed", *rows]))
    return path


@pytest.mark.usefixtures("db")
def test_the_same_dossiers_come_out_of_every_kind_of_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_world()
    row = {"partner": "VDAB", "dossier": "D-1", "person": INSZ, "holder": "local:u-77", "opened": date(2016, 1, 4)}
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "a.parquet")
    (tmp_path / "a.ndjson").write_text(json.dumps(row, default=str))
    _csv(tmp_path / "a.csv", f"VDAB,D-1,{INSZ},local:u-77,,2016-01-04,")
    for name in ("a.csv", "a.ndjson", "a.parquet"):
        call_command("load_dossiers", str(tmp_path / name), "--json")
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told == [{"new": 1, "changed": 0, "known": 0}, *[{"new": 0, "changed": 0, "known": 1}] * 2]


@pytest.mark.usefixtures("db")
def test_a_file_with_an_error_names_line_field_and_remedy_and_loads_nothing(tmp_path: Path) -> None:
    make_world()
    good, bad = f"VDAB,D-1,{INSZ},,,2016-01-04,", "VDAB,D-2,12345678901,,,2016-01-04,"
    with pytest.raises(CommandError, match=r"line 3, person/value: .*INSZ") as refused:
        call_command("load_dossiers", str(_csv(tmp_path / "a.csv", good, bad)))
    assert "12345678901" not in str(refused.value)
    with pytest.raises(CommandError, match=r"line 2, opened"):
        call_command("load_dossiers", str(_csv(tmp_path / "b.csv", f"VDAB,D-1,{INSZ},,,yesterday,")))
    assert not Dossier.objects.exists()
