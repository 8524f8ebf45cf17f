"""One key a person, whoever meets them first; writers at the same time wait for each other and never deadlock."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

import pytest
from django.db import connection, transaction

from compliance.exchanges.models import Exchange
from compliance.exchanges.record import record
from compliance.exchanges.reveal import reveal
from compliance.kernel.actor import system
from compliance.kernel.clock import now
from compliance.kernel.encryption import CannotOpenError, unseal
from compliance.ledger.keyring import keyring
from compliance.ledger.logs import LogNumber
from compliance.ledger.models import Entry, PersonKey
from compliance.ledger.person_keys import obtain, read_keys
from compliance.simulation.numbers import synthetic_insz
from tests.exchanges.world import GATEWAY, report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compliance.exchanges.submission import Submission

Result = TypeVar("Result")
LOG = LogNumber.EXCHANGES
REASON = "een test van de sleutels"
NOBODY = system("test")


def together(*works: Callable[[], Result]) -> list[Result]:
    """Do these at the same moment, each on a connection of its own."""
    start = threading.Barrier(len(works))

    def do(work: Callable[[], Result]) -> Result:
        start.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(do, works))


def about(numbers: Sequence[int], name: str) -> list[Submission]:
    """Return a report about each of these persons."""
    return [
        report(message_reference=f"{name}-{number}", subjects=[{"kind": "insz", "value": synthetic_insz(number)}])
        for number in numbers
    ]


def lookups(count: int) -> list[bytes]:
    """Return pseudonyms."""
    return [number.to_bytes(16) for number in range(count)]


@pytest.mark.usefixtures("db")
def test_a_person_has_one_key_for_ever() -> None:
    first = obtain(log=LOG, lookups=lookups(3), at=now())
    obtain(log=LOG, lookups=lookups(5), at=now())
    assert PersonKey.objects.count() == 5
    sealed = first[lookups(1)[0]].encrypt(bytes(12), b"told", None)
    assert read_keys(log=LOG, lookups=lookups(1))[lookups(1)[0]].decrypt(bytes(12), sealed, None) == b"told"


@pytest.mark.usefixtures("db")
def test_a_key_is_wrapped_for_its_person_and_opens_for_no_other() -> None:
    one, other = lookups(2)
    obtain(log=LOG, lookups=[one, other], at=now())
    wrapped = bytes(PersonKey.objects.get(lookup=one).wrapped)
    assert len(unseal(keyring().wrapping, wrapped, bound_to=one)) == 32
    with pytest.raises(CannotOpenError):
        unseal(keyring().wrapping, wrapped, bound_to=other)


@pytest.mark.usefixtures("transactional_db")
def test_two_transactions_that_meet_the_same_new_persons_agree_on_their_keys() -> None:
    persons = lookups(200)

    def meet(order: list[bytes]) -> dict[bytes, bytes]:
        with transaction.atomic():
            ciphers = obtain(log=LOG, lookups=order, at=now())
        return {lookup: cipher.encrypt(bytes(12), b"", None) for lookup, cipher in ciphers.items()}

    one, other, third = together(lambda: meet(persons), lambda: meet(persons[::-1]), lambda: meet(persons[50:150]))
    assert one == other
    assert third.items() <= one.items()
    assert PersonKey.objects.count() == 200


@pytest.mark.usefixtures("committed_world")
@pytest.mark.parametrize("count", [4, 120])
def test_batches_about_the_same_new_persons_do_not_deadlock_and_all_their_openings_open(count: int) -> None:
    numbers = list(range(count))
    middle = numbers[count // 4 : 3 * count // 4]
    batches = [about(order, name) for name, order in (("a", numbers), ("b", numbers[::-1]), ("c", middle))]
    answers = together(*((lambda batch=batch: record(reports=batch, reporter=GATEWAY)) for batch in batches))

    assert Exchange.objects.count() == 2.5 * count
    for batch, recorded in zip(batches, answers, strict=True):
        for told, answer in list(zip(batch, recorded, strict=True))[:: 1 + count // 10]:
            shown = reveal(exchange_id=answer.id, actor=NOBODY, reason=REASON)
            assert shown.subjects[0].value == told.subjects[0].value


@pytest.mark.usefixtures("committed_world")
def test_retries_of_one_report_at_the_same_time_give_one_record_and_equal_answers() -> None:
    answers = together(*[lambda: record(reports=[report()], reporter=GATEWAY)[0]] * 6)

    assert Exchange.objects.count() == Entry.objects.count() == 1
    assert sum(answer.is_new for answer in answers) == 1
    assert len({(answer.id, answer.judgement, answer.receipt) for answer in answers}) == 1


@pytest.mark.usefixtures("committed_world")
@pytest.mark.parametrize("count", [4, 150])
def test_the_same_batch_in_another_order_at_the_same_time_is_recorded_once(count: int) -> None:
    batch = about(range(count), "a")
    orders = [batch, batch[::-1], batch[count // 2 :] + batch[: count // 2], batch[::-1]]
    answers = together(*((lambda order=order: record(reports=order, reporter=GATEWAY)) for order in orders))

    assert Exchange.objects.count() == Entry.objects.count() == count
    assert sum(answer.is_new for recorded in answers for answer in recorded) == count
    assert len({frozenset(answer.id for answer in recorded) for recorded in answers}) == 1
    told = {one.message_reference: answer.id for one, answer in zip(batch, answers[0], strict=True)}
    for order, recorded in zip(orders, answers, strict=True):
        assert [told[one.message_reference] for one in order] == [answer.id for answer in recorded]
