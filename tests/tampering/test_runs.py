"""A verification goes on where it was killed, forgets nothing, and tells the people who must know, once."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.core.management import call_command

from compliance.access.models import Account
from compliance.access.roles import Role
from compliance.cases.models import Case
from compliance.kernel.errors import InvalidInputError
from compliance.ledger.stored_tiles import sealed_size
from compliance.notices.send_mails import send_mails
from compliance.reporting.verification import begin as beginning
from compliance.reporting.verification.begin import begin
from compliance.reporting.verification.latest import latest_full_verification, latest_verification
from compliance.reporting.verification.models import VerificationKind, VerificationRun
from compliance.reporting.verification.verify import verify
from compliance.reporting.verification.verify_slice import verify_slice
from tests.tampering.attacks import deny, entry_at
from tests.tampering.sealed_world import EXCHANGES, OVERSIGHT, exchanges

if TYPE_CHECKING:
    import psycopg

    from tests.tampering.sealed_world import World

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]


class KilledError(Exception):
    """The process was killed here."""


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a stretch be one tile."""
    monkeypatch.setattr(beginning, "LEAVES", 256)


def command(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """Run the command; return its exit status and what it told."""
    out = StringIO()
    try:
        call_command("verify_ledger", "--json", *arguments, stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def killed_after(leaves: int) -> None:
    """Verify, and be killed once so many leaves were done."""
    done = 0

    def told(count: int) -> None:
        nonlocal done
        if done >= leaves:
            raise KilledError
        done += count

    with pytest.raises(KilledError):
        verify(begin(log=EXCHANGES), told=told)


@pytest.mark.usefixtures("_small")
def test_a_killed_run_goes_on_where_it_was_and_forgets_nothing(world: World, attacker: psycopg.Connection) -> None:
    deny(attacker, entry_at(100))
    killed_after(256)
    run = begin(log=EXCHANGES)
    assert (run.reached, run.ended_at) == (256, None)
    visible = latest_verification(log=EXCHANGES)
    assert visible is not None
    assert ([failure.check for failure in visible.failures], visible.ended_at) == (["entry-bytes"], None)
    done: list[int] = []
    assert set(verify(run, told=done.append).failures) == {"entry-bytes"}
    assert sum(done) == run.size - 256
    assert begin(log=EXCHANGES).id != run.id


@pytest.mark.usefixtures("_small")
def test_a_log_that_grows_meanwhile_is_verified_as_it_was(world: World) -> None:
    killed_after(512)
    exchanges(900, 300)
    world.seal()
    run = begin(log=EXCHANGES)
    assert run.reached == 512
    assert not verify(run).failures
    since = begin(log=EXCHANGES, since_last=True)
    assert since.first == run.end - run.end % 256
    assert since.end > run.end
    assert not verify(since).failures


@pytest.mark.usefixtures("_small")
def test_a_part_is_verified_in_whole_tiles(world: World, attacker: psycopg.Connection) -> None:
    deny(attacker, entry_at(310))
    run = begin(log=EXCHANGES, first=10, end=250)
    assert (run.first, run.end) == (0, 256)
    assert not verify(run).failures
    assert set(verify(begin(log=EXCHANGES, first=257, end=258)).failures) == {"entry-bytes"}
    full = latest_full_verification(log=EXCHANGES)
    assert full is not None
    assert full.failures == []  # a part is not all
    for first, end in ((-1, None), (20, 10), (10**6, None)):
        with pytest.raises(InvalidInputError):
            begin(log=EXCHANGES, first=first, end=end)


def test_two_processes_find_what_one_finds_and_the_command_ends_with_status_1(
    world: World, attacker: psycopg.Connection
) -> None:
    status, told = command("--processes", "2")
    assert (status, [verified["failures"] for verified in told]) == (0, [[], []])
    deny(attacker, entry_at(100))
    status, [verified] = command("--log", "1", "--processes", "2", "--without-openings")
    assert status == 1
    assert [(failure["check"], failure["index"]) for failure in verified["failures"]] == [("entry-bytes", 100)]
    (world.folder / "kept").write_text(world.held)
    status, [verified] = command("--log", "2", "--processes", "1", "--held", str(world.folder / "kept"))
    assert [failure["check"] for failure in verified["failures"]] == ["held-checkpoint"]  # it is of the other log


@pytest.mark.usefixtures("_small")
def test_slices_go_round_and_round(world: World) -> None:
    reached = []
    for _ in range(4):
        run, oversight = verify_slice(seconds=0)
        reached.append((run.reached, run.ended_at is not None))
        assert oversight.ended_at is not None
    assert reached == [(256, False), (512, False), (sealed_size(EXCHANGES), True), (256, False)]
    full = latest_full_verification(log=EXCHANGES)
    assert full is not None
    assert (full.is_full, full.failures, full.end) == (True, [], full.size)
    assert not Case.objects.exists()
    assert VerificationRun.objects.filter(log=OVERSIGHT, kind=VerificationKind.ROUND).count() == 4


def test_a_failure_opens_a_case_and_is_told_once_to_who_must_know(world: World, attacker: psycopg.Connection) -> None:
    for name, role in (("officer", Role.OFFICER), ("operator", Role.OPERATOR), ("auditor", Role.AUDITOR)):
        Account.objects.create_user(name, f"{name}@kbi.example", role=role)
    Account.objects.create_user("gone", "gone@kbi.example", role=Role.OFFICER, is_active=False)
    deny(attacker, entry_at(100))
    verify_slice()
    verify_slice()
    send_mails()
    case = Case.objects.get()
    assert (case.facts["check"], case.facts["index"]) == ("entry-bytes", 100)
    assert sorted(message.to[0] for message in mail.outbox) == ["officer@kbi.example", "operator@kbi.example"]
    assert case.title in mail.outbox[0].body
    deny(attacker, entry_at(101))
    attacker.execute("UPDATE exchanges_exchange SET partner = 'VMSW' WHERE id = %s", [entry_at(350)])
    verify_slice()
    send_mails()
    assert Case.objects.count() == 2
    assert len(mail.outbox) == 4
