"""Promises of ``POST /api/v1/evidence`` and of the command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from compliance.access.issue_token import issue_token
from compliance.access.models import MachineClient
from compliance.kernel.actor import system
from compliance.oversight.models import Act
from compliance.registry.models import Organisation
from tests.reporting.evidence.rewriting import files_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client

    from tests.reporting.evidence.conftest import Verified

    Verify = Callable[..., Verified]

URL = "/api/v1/evidence"


@pytest.fixture
def token(published: Path) -> str:
    """Return the token of a system of VMSW, in a log where VDAB has records too."""
    client = MachineClient(name="vmsw-audit", organisation=Organisation.objects.get(code="VMSW"))
    return issue_token(client=client, actor=system("tests"), reason="test")


def order(client: Client, token: str, **body: Any) -> Any:
    """Ask for a bundle."""
    headers = {"Authorization": f"Bearer {token}"}
    return client.post(URL, json.dumps(body), "application/json", headers=headers)


def test_a_system_gets_its_own_organisations_exchanges_and_no_others(
    client: Client, token: str, published: Path, verify: Verify
) -> None:
    answer = order(client, token, language="en", reason="Control of our own")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    bundle = published / "own.zip"
    bundle.write_bytes(b"".join(answer.streaming_content))

    found = verify(bundle, "--policy", published / "policy.txt")
    assert (found.status, found.told["bundle"]["count"], found.results["disclosures"]) == (0, 75, "absent")
    assert not any(
        b"VDAB-DECREET" in line and b'"VDAB"' in line for line in files_of(bundle)["data/records.ndjson"].split(b"\n")
    )
    act = Act.objects.get(kind="evidence:exported")
    assert (act.actor, act.organisation, act.reason) == ("vmsw-audit", "VMSW", "Control of our own")


def test_one_bundle_is_made_at_a_time_and_who_gives_up_makes_room(client: Client, token: str) -> None:
    begun = order(client, token)
    assert begun.status_code == 200

    refused = order(client, token)
    assert (refused.status_code, refused["Retry-After"]) == (503, "30")
    begun.close()
    again = order(client, token)
    assert (again.status_code, b"".join(again.streaming_content)[:2]) == (200, b"PK")


def test_nobody_gets_a_bundle_without_a_token_or_of_another_partner(client: Client, token: str) -> None:
    assert client.post(URL, "{}", "application/json").status_code == 401
    refused = order(client, token, equal={"partner": ["VDAB"]})
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    assert order(client, token, disclose=True).status_code == 422
    assert order(client, token, time="never").status_code == 400
    assert order(client, token, held_size=77).status_code == 404
    assert not Act.objects.filter(kind="evidence:exported").exists()


def test_the_command_writes_a_bundle_whole_or_not_at_all(published: Path, verify: Verify) -> None:
    output = published / "auditor.zip"
    asked = ["--from=2016-03-01", "--to=2016-03-31", "--language=fr"]
    call_command(
        "export_evidence", *asked, "--verdict=not-covered", "--complete", "--recipient=auditor", f"--output={output}"
    )

    found = verify(output, "--policy", published / "policy.txt")
    assert (found.status, found.told["bundle"]["count"]) == (0, 75)
    assert found.results["completeness"] == "passed"
    assert files_of(output)["README.txt"].startswith(b"Dossier de preuves")
    with pytest.raises(CommandError):
        call_command("export_evidence", *asked, "--partner=VDAB", "--recipient=VMSW", f"--output={published}/no.zip")
    assert not list(published.glob("no.zip*"))
