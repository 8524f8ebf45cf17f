"""A decision taken in one process works in every other from the next record on."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from compliance.authorisations.vocabulary import Verdict
from compliance.exchanges.record import record
from kbi_audit.embedded.home import PROJECT
from tests.exchanges.world import GATEWAY, make_world, report

if TYPE_CHECKING:
    from compliance.exchanges.recorded import Recorded

NARROWER = """
from datetime import UTC, datetime
from compliance.authorisations.draft import Instrument, VersionDraft
from compliance.authorisations.register_version import register_version
from compliance.kernel.actor import Actor, ActorKind

register_version(
    instrument=Instrument(code="VTC-VB-2014-01", kind="machtiging", title_nl="t", title_en="t", title_fr="t"),
    draft=VersionDraft(
        provider="KBI", recipients=("VDAB",), purposes=("JOB-MEDIATION",), services=("KBI-DOSSIER",),
        categories=("IDENTIFICATION",), legal_bases=("VDAB-2004",), routes=("MAGDA",),
        environments=("production",), valid_from=datetime(2016, 1, 1, tzinfo=UTC),
    ),
    actor=Actor(ActorKind.PERSON, "operator"),
    reason="Only identification is needed.",
)
"""
WITHDRAWAL = """
from datetime import UTC, datetime
from compliance.authorisations.models import Authorisation
from compliance.authorisations.withdraw import withdraw
from compliance.kernel.actor import Actor, ActorKind

withdraw(
    authorisation=Authorisation.objects.get(code="VTC-VB-2014-01"),
    withdrawn_from=datetime(2016, 2, 1, tzinfo=UTC),
    actor=Actor(ActorKind.PERSON, "operator"),
    reason="The parties agreed to end it.",
)
"""
SUSPENSION = """
from datetime import UTC, datetime
from compliance.authorisations.models import Authorisation
from compliance.authorisations.suspend import suspend
from compliance.kernel.actor import Actor, ActorKind

suspend(
    authorisation=Authorisation.objects.get(code="VTC-VB-2014-01"),
    suspended_from=datetime(2016, 2, 1, tzinfo=UTC),
    actor=Actor(ActorKind.PERSON, "operator"),
    reason="A breach is looked into.",
)
"""


def asked(reference: str, *categories: str) -> Recorded:
    """Record what VDAB asked for."""
    told = report(
        message_reference=reference,
        service={"code": "KBI-DOSSIER", "version": "1.0"},
        purpose="JOB-MEDIATION",
        legal_basis="VDAB-2004",
        categories_requested=categories,
        categories_delivered=["IDENTIFICATION"],
        trigger="automatic",
    )
    return record(reports=[told], reporter=GATEWAY)[0]


def elsewhere(script: str) -> None:
    """Do it in a process of its own."""
    subprocess.run([sys.executable, PROJECT / "manage.py", "shell", "--no-imports", "-c", script], check=True)


@pytest.mark.django_db(transaction=True)
def test_what_another_process_registers_is_what_the_next_record_is_judged_by() -> None:
    make_world()
    first = asked("first", "IDENTIFICATION", "TRAJECTORY")
    assert (first.judgement.verdict, first.judgement.authorisation) == (Verdict.COVERED, "VTC-VB-2014-01/1")

    elsewhere(NARROWER)
    second = asked("second", "IDENTIFICATION", "TRAJECTORY")
    assert second.judgement.verdict is Verdict.CATEGORY_OUTSIDE
    assert second.judgement.reasons[0].detail == ("TRAJECTORY",)
    assert second.judgement.authorisation == "VTC-VB-2014-01/3"
    assert asked("first", "IDENTIFICATION", "TRAJECTORY").judgement == first.judgement

    elsewhere(SUSPENSION)
    assert asked("third", "IDENTIFICATION").judgement.verdict is Verdict.SUSPENDED

    elsewhere(WITHDRAWAL)
    assert asked("fourth", "IDENTIFICATION").judgement.verdict is Verdict.WITHDRAWN
