"""A data breach: its clock, what would be notified, and whom to inform."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from compliance.cases.breaches.models import Breach
from compliance.kernel.clock import BRUSSELS, now
from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind
from tests.console.cases.flagged import case_of, same_person_again
from tests.console.exchanges import INSZ
from tests.console.reading import words_of

if TYPE_CHECKING:
    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db
WHY = "Somebody looked at a neighbour again and again."


@pytest.fixture
def breach(client_of: ClientOf) -> Breach:
    """Decide that a case is a data breach."""
    case = case_of(same_person_again)
    client_of("officer").post(f"/cases/{case.code}/act/decide/", {"outcome": "breach", "reason": WHY})
    return Breach.objects.get(case=case)


def test_the_clock_of_a_breach_is_on_its_page_its_case_and_the_first_page(client_of: ClientOf, breach: Breach) -> None:
    address = f"/cases/{breach.case.code}/breach/"
    assert "71 hours left of 72 hours" in words_of(client_of("officer").get(address))
    assert address in client_of("officer").get(f"/cases/{breach.case.code}/").content.decode()
    assert address in client_of("officer").get("/").content.decode()


def test_the_notification_is_filled_in_and_every_version_stays(client_of: ClientOf, breach: Breach) -> None:
    address = f"/cases/{breach.case.code}/breach/"
    assert "Agency for Integration" in client_of("officer").get(address).content.decode()
    for nature in ("A neighbour was looked up.", "A neighbour was looked up eight times."):
        client_of("officer").post(f"{address}draft/", {"nature": nature, "persons": "1", "inform_persons": "yes"})
    assert [draft.content["nature"] for draft in breach.drafts.all()] == [
        "A neighbour was looked up.",
        "A neighbour was looked up eight times.",
    ]
    assert "version 2" in words_of(client_of("auditor").get(address))


def test_a_version_with_a_national_number_is_refused_and_stays_in_the_form(client_of: ClientOf, breach: Breach) -> None:
    address = f"/cases/{breach.case.code}/breach/draft/"
    answer = client_of("officer").post(address, {"nature": f"About {INSZ}.", "measures_taken": "The user was told."})
    assert answer.status_code == 422
    assert "The user was told." in answer.content.decode()
    assert not breach.drafts.exists()


def test_the_clock_stops_when_it_was_notified(client_of: ClientOf, breach: Breach) -> None:
    address = f"/cases/{breach.case.code}/breach/"
    client_of("officer").post(f"{address}draft/", {"nature": "A neighbour was looked up."})
    Breach.objects.update(aware_at=now() - timedelta(hours=2))
    moment = (now() - timedelta(hours=1)).astimezone(BRUSSELS).strftime("%Y-%m-%dT%H:%M")
    said = {"authority": "vtc", "reference": "VTC/2026/12", "notified_at": moment}
    assert client_of("officer").post(f"{address}notified/", said).status_code == 302
    words = words_of(client_of("officer").get(address))
    assert "VTC/2026/12" in words
    assert "Stop the clock" not in words


def test_the_persons_to_inform_are_listed_once_for_a_reason_also_as_a_file(client_of: ClientOf, breach: Breach) -> None:
    address = f"/cases/{breach.case.code}/breach/persons"
    assert client_of("officer").post(address, {"reason": "why"}).status_code == 422
    assert not Act.objects.filter(kind=ActKind.BREACH_PERSONS_LISTED).exists()
    reason = {"reason": "To tell the persons, article 34"}
    assert INSZ[-2:] in words_of(client_of("officer").post(address, reason))
    answer = client_of("officer").post(address, {**reason, "as": "csv"})
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert f"insz;{INSZ};8;" in answer.content.decode()
    assert Act.objects.filter(kind=ActKind.BREACH_PERSONS_LISTED).count() == 2
    assert client_of("auditor").post(address, reason).status_code == 403
