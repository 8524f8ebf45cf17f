"""Promises of the proof of one record."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.core.management import call_command

from compliance.kernel.errors import ForbiddenError, InvalidInputError, NotFoundError, UnavailableError
from compliance.oversight.models import Act
from compliance.reporting.evidence.export_one import export_proof
from compliance.reporting.evidence.request import EvidenceRequest, settle, told_to_oversight
from compliance.reporting.evidence.verifier.selection import Filter
from tests.exchanges.world import INSZ
from tests.reporting.evidence.make_bundle import ACTOR, policy_text, publish_now, record_some, use_policy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.reporting.evidence.conftest import Verified

    Verify = Callable[..., Verified]


@pytest.fixture
def sealed(committed: None, tmp_path: Path) -> UUID:
    """Have three exchanges of VDAB confirmed, and return the second."""
    use_policy(tmp_path)
    identifiers = record_some(3)
    publish_now()
    return UUID(identifiers[1])


def test_a_partner_can_prove_one_exchange_to_anybody_who_has_the_policy(
    sealed: UUID, tmp_path: Path, verify: Verify
) -> None:
    file, policy = tmp_path / "one.tlog-proof", tmp_path / "own-policy.txt"
    policy.write_text(policy_text())
    call_command("export_proof", str(sealed), recipient="VDAB", output=file, reason="Question of a citizen")

    found = verify(file, "--policy", policy)
    assert found.status == 0, found.told
    assert found.told["bundle"]["subjects"] == [f"insz:{INSZ} (client)"]
    assert set(found.results.values()) == {"passed"}
    assert file.stat().st_size < 4_000
    act = Act.objects.get(kind="proof:exported")
    assert (act.object_id, act.reason) == (sealed, "Question of a citizen")
    assert verify(file).status == 2


def test_a_changed_proof_fails(sealed: UUID, tmp_path: Path, verify: Verify) -> None:
    written = export_proof(exchange_id=sealed, actor=ACTOR, recipient="auditor")
    policy = tmp_path / "own-policy.txt"
    policy.write_text(policy_text())
    lines = written.split("\n")
    line = b64decode(lines[1].removeprefix("extra ")).replace(b"succeeded", b"successful")
    changed = [lines[0], f"extra {b64encode(line).decode()}", *lines[2:]]
    for number, forged in enumerate((changed, [*lines[:3], *lines[4:]], [*lines[:-2], ""])):
        file = tmp_path / f"{number}.tlog-proof"
        file.write_text("\n".join(forged))
        assert verify(file, "--policy", policy).status == 1


def test_nobody_gets_a_proof_of_what_is_not_theirs_or_not_sealed(sealed: UUID) -> None:
    with pytest.raises(NotFoundError):
        export_proof(exchange_id=sealed, actor=ACTOR, recipient="VMSW")
    fresh = UUID(record_some(1)[0])
    with pytest.raises(UnavailableError):
        export_proof(exchange_id=fresh, actor=ACTOR, recipient="VDAB")


def test_a_partner_gets_no_range_and_nobody_gets_identities_without_a_reason(sealed: UUID) -> None:
    with pytest.raises(ForbiddenError):
        settle(EvidenceRequest(recipient="VDAB", mode="range"))
    with pytest.raises(InvalidInputError):
        settle(EvidenceRequest(recipient="auditor", disclose=True))
    with pytest.raises(InvalidInputError):
        settle(EvidenceRequest(recipient="NOBODY"))


def test_a_filter_stays_short_enough_to_be_sealed_and_names_no_person() -> None:
    many = tuple(f"{number:08x}-0000-7000-8000-000000000000" for number in range(10_000))
    assert len(told_to_oversight(Filter(ids=many))) < 500

    for wanted in (
        Filter(ids=("not-an-identifier",)),
        Filter(equal=(("message_reference", (INSZ,)),)),
        Filter(equal=(("nothing", ("x",)),)),
        Filter(equal=(("partner", ("x",) * 201),)),
    ):
        with pytest.raises(InvalidInputError):
            settle(EvidenceRequest(filter=wanted))
