"""Promises of evidence bundles: a reader with Python alone knows what is proven, and what is not."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from compliance.kernel.clock import canonical_time, microseconds, now
from compliance.ledger.checkpoint import Checkpoint
from compliance.ledger.notes import sign_line
from compliance.oversight.models import Act
from compliance.reporting.evidence.export import export_evidence
from compliance.reporting.evidence.request import EvidenceRequest
from compliance.reporting.evidence.verifier.selection import Filter
from compliance.reporting.evidence.verifier.verdict import CHECKS
from compliance.reporting.evidence.verifier.words_dutch import DUTCH
from compliance.reporting.evidence.verifier.words_english import ENGLISH
from compliance.reporting.evidence.verifier.words_french import FRENCH
from tests.exchanges.world import INSZ
from tests.reporting.evidence.make_bundle import ACTOR, LOG_SEED, make_bundle, publish_now, record_some
from tests.reporting.evidence.rewriting import files_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.reporting.evidence.conftest import Bundles, Verified

    Verify = Callable[..., Verified]


def test_a_bundle_of_everything_is_proven_by_python_alone(bundles: Bundles, verify: Verify) -> None:
    found = verify(bundles.everything.bundle, "--policy", bundles.everything.policy)

    assert found.status == 0, found.told
    assert tuple(found.results) == CHECKS
    not_passed = {name for name, result in found.results.items() if result != "passed"}
    assert not_passed == {"timestamps", "disclosures", "erasures"}
    assert found.told["bundle"]["count"] == 300


def test_the_work_can_be_spread_over_processes(bundles: Bundles, verify: Verify) -> None:
    assert verify(bundles.failed.bundle, "--policy", bundles.failed.policy, "--workers", "2").status == 0


def test_a_filtered_range_holds_all_leaves_and_lists_what_the_filter_selects(bundles: Bundles, verify: Verify) -> None:
    found = verify(bundles.failed.bundle, "--policy", bundles.failed.policy)

    assert (found.status, found.told["bundle"]["count"]) == (0, 75)
    assert {found.results[name] for name in ("filter", "entries", "completeness")} == {"passed"}


def test_without_the_readers_own_keys_the_verifier_says_that_authorship_is_not_proven(
    bundles: Bundles, verify: Verify
) -> None:
    found = verify(bundles.everything.bundle)

    assert (found.status, found.told["verdict"]) == (2, "unproven")
    assert (found.results["checkpoint"], found.results["witnesses"]) == ("unproven", "unproven")
    assert "NOT proven" in found.told["checks"][CHECKS.index("checkpoint")]["sentences"][0]


def test_a_partner_gets_its_own_records_disclosed_and_no_byte_of_another_partners(
    bundles: Bundles, verify: Verify
) -> None:
    found = verify(bundles.partner.bundle, "--policy", bundles.partner.policy, "--language", "fr")

    assert found.status == 0, found.told
    assert (found.results["disclosures"], found.results["completeness"]) == ("passed", "unproven")
    files = files_of(bundles.partner.bundle)
    assert not any(
        mark in octets for mark in (b'"VMSW"', b",VMSW,") for name, octets in files.items() if name.startswith("data/")
    )
    assert INSZ.encode() in files["data/records.csv"]
    assert files["README.txt"].startswith(b"Bewijsbundel")


def test_an_auditor_is_told_nobodys_number_unless_it_is_asked_with_a_reason(bundles: Bundles) -> None:
    assert not any(INSZ.encode() in octets for octets in files_of(bundles.failed.bundle).values())
    assert INSZ.encode() in files_of(bundles.hits.bundle)["data/records.csv"]


def test_few_hits_carry_proofs_that_stand_alone(bundles: Bundles, verify: Verify, tmp_path: Path) -> None:
    proofs = {name: octets for name, octets in files_of(bundles.hits.bundle).items() if name.endswith(".tlog-proof")}
    alone = tmp_path / "one.tlog-proof"
    alone.write_bytes(next(iter(proofs.values())))

    found = verify(alone, "--policy", bundles.hits.policy)
    assert len(proofs) == 75
    assert (found.status, found.results["inclusion"]) == (0, "passed")
    assert 2_000 < alone.stat().st_size < 5_000


def test_a_bag_holds_what_bagit_asks_for(bundles: Bundles) -> None:
    files = files_of(bundles.everything.bundle)

    assert files["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    listed = {line.split("  ")[1] for line in files["manifest-sha256.txt"].decode().splitlines()}
    assert listed == {name for name in files if name.startswith("data/")}
    assert {"verify.py", "README.txt", "bag-info.txt", "bagit.txt", "manifest-sha256.txt"} <= {
        line.split("  ")[1] for line in files["tagmanifest-sha256.txt"].decode().splitlines()
    }


def test_every_line_is_the_leaf_verbatim_in_plain_json(bundles: Bundles) -> None:
    files = files_of(bundles.everything.bundle)

    lines = [json.loads(line) for line in files["data/records.ndjson"].splitlines()]
    assert [line["index"] for line in lines] == list(range(300))
    assert {line["leaf"]["schema"] for line in lines} == {"kbi-audit/exchange/1"}


def test_making_one_is_an_act_that_is_recorded_before_the_first_byte(published: Path) -> None:
    parts = export_evidence(request=EvidenceRequest(reason="Yearly control"), actor=ACTOR)

    act = Act.objects.get(kind="evidence:exported")
    assert (act.actor, act.reason) == ("export_evidence", "Yearly control")
    assert b"verify.py" in next(iter(parts))


def test_what_the_reader_held_before_is_shown_to_be_its_beginning(published: Path, verify: Verify) -> None:
    made = make_bundle(published, held_size=150)
    kept = published / "kept"
    kept.write_bytes(files_of(made.bundle)["data/ledger/checkpoints/150"])
    other = published / "other"
    text = Checkpoint("kbi-audit.test/exchanges", 150, bytes(32)).text()
    other.write_text(f"{text}\n{sign_line(text, name='kbi-audit.test/exchanges', seed=LOG_SEED)}")

    assert verify(made.bundle, "--policy", made.policy, "--held", kept).results["consistency"] == "passed"
    assert verify(made.bundle, "--policy", made.policy, "--held", other).failed == {"consistency", "completeness"}


def test_a_period_is_complete_when_checkpoints_bound_it(published: Path, verify: Verify) -> None:
    record_some(10)
    publish_now()
    later = canonical_time(microseconds(now() + timedelta(hours=1)))
    made = make_bundle(published, filter=Filter(time="received", start=later))

    found = verify(made.bundle, "--policy", made.policy)
    declared = json.loads(files_of(made.bundle)["data/declaration.json"])
    assert declared["range"] == {"first": 256, "end": 310}
    assert found.results["completeness"] == "passed"


def test_all_languages_say_the_same_things() -> None:
    assert DUTCH.keys() == ENGLISH.keys() == FRENCH.keys()
