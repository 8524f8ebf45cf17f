"""Promises of recording."""

from __future__ import annotations

from datetime import timedelta

import pytest

from compliance.authorisations.vocabulary import Verdict
from compliance.exchanges import leaf as entry
from compliance.exchanges.models import Exchange
from compliance.exchanges.record import record
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, InvalidInputError
from compliance.ledger.keyring import keyring
from compliance.ledger.models import Entry, Opening, PersonKey
from compliance.ledger.receipt import receipt_holds
from tests.exchanges.world import GATEWAY, INSZ, OTHER_INSZ, report

pytestmark = pytest.mark.usefixtures("world")


def test_a_covered_exchange_is_recorded_with_its_verdict_and_a_receipt_that_holds() -> None:
    answer = record(reports=[report()], reporter=GATEWAY)[0]

    assert answer.is_new
    assert answer.judgement.verdict is Verdict.COVERED
    assert answer.judgement.authorisation == "TEST-PROTOCOL/1"
    kept = Entry.objects.get(id=answer.id)
    assert answer.receipt is not None
    assert receipt_holds(answer.receipt, leaf=bytes(kept.leaf), key=keyring().receipts.public_key())
    assert not receipt_holds(answer.receipt, leaf=bytes(kept.leaf) + b" ", key=keyring().receipts.public_key())
    row = Exchange.objects.get(id=answer.id)
    assert (row.partner, row.verdict, row.outcome) == ("VDAB", "covered", "succeeded")
    assert row.xid == kept.xid


def test_an_exchange_without_cover_is_recorded_and_marked_with_every_reason() -> None:
    outside = report(
        message_reference="outside", categories_delivered=["IDENTIFICATIE", "GEZONDHEID"], purpose="ONBEKEND"
    )
    answer = record(reports=[outside], reporter=GATEWAY)[0]

    assert [reason.verdict for reason in answer.judgement.reasons] == [
        Verdict.CATEGORY_OUTSIDE,
        Verdict.PURPOSE_OUTSIDE,
    ]
    assert answer.judgement.reasons[0].detail == ("GEZONDHEID",)
    assert Exchange.objects.get(id=answer.id).verdict == "category-outside"


def test_no_value_about_a_person_is_readable_anywhere_in_the_database() -> None:
    answer = record(reports=[report()], reporter=GATEWAY)[0]

    stored = bytes(Entry.objects.get(id=answer.id).leaf)
    stored += b"".join(
        bytes(opening.sealed) + bytes(opening.lookup or b"") + bytes(opening.dossier_lookup or b"")
        for opening in Opening.objects.filter(id=answer.id)
    )
    stored += b"".join(bytes(key.wrapped) for key in PersonKey.objects.all())
    stored += repr(Exchange.objects.filter(id=answer.id).values()).encode()
    for value in (INSZ, "u-77", "D-2016-0042"):
        assert value.encode() not in stored


def test_a_retry_gets_the_first_answer_and_adds_nothing() -> None:
    first = record(reports=[report()], reporter=GATEWAY)[0]
    second = record(reports=[report()], reporter=GATEWAY)[0]

    assert (second.id, second.judgement, second.is_new) == (first.id, first.judgement, False)
    assert second.receipt == first.receipt
    assert Entry.objects.count() == 1


def test_a_retry_keeps_its_first_verdict_when_the_authorisation_has_changed_since() -> None:
    record(reports=[report()], reporter=GATEWAY)
    mixed = record(reports=[report(), report(message_reference="new")], reporter=GATEWAY)

    assert [answer.is_new for answer in mixed] == [False, True]


def test_the_same_key_with_another_content_is_a_conflict_and_records_nothing() -> None:
    record(reports=[report()], reporter=GATEWAY)
    with pytest.raises(ConflictError) as caught:
        record(reports=[report(message_reference="x"), report(outcome="failed")], reporter=GATEWAY)

    assert [error.pointer for error in caught.value.errors] == ["/1/message_reference"]
    assert Entry.objects.count() == 1


def test_the_same_report_twice_in_one_batch_is_recorded_once() -> None:
    answers = record(reports=[report(), report()], reporter=GATEWAY)

    assert answers[0].id == answers[1].id
    assert [answer.is_new for answer in answers] == [True, False]
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"started_at": "1999-12-31T23:59:59Z"}, "/0/started_at", "time-out-of-range"),
        ({"ended_at": "2016-03-01T09:14:02Z"}, "/0/ended_at", "time-order"),
        ({"producer": "VMSW"}, "/0/producer", "not-your-producer"),
        ({"source": "NIEMAND"}, "/0/source", "unknown"),
        ({"route": "POST"}, "/0/route", "unknown"),
        ({"direction": "obtained"}, "/0/direction", "direction"),
        ({"purpose": "geen code"}, "/0/purpose", "not-a-code"),
        ({"message_reference": "met spatie"}, "/0/message_reference", "not-a-reference"),
        ({"message_reference": f"ref-{INSZ}"}, "/0/message_reference", "holds-national-number"),
        ({"chain": {"traceparent": "x" * 55}}, "/0/chain/traceparent", "not-a-traceparent"),
        ({"subjects": [{"kind": "insz", "value": "12345678901"}]}, "/0/subjects/0/value", "not-an-identifier"),
        ({"dossier": " D "}, "/0/dossier", "not-an-identifier"),
    ],
)
def test_what_is_wrong_is_refused_with_its_field_and_nothing_is_kept(
    changes: dict[str, object], pointer: str, code: str
) -> None:
    with pytest.raises(InvalidInputError) as caught:
        record(reports=[report(**changes)], reporter=GATEWAY)

    assert (caught.value.errors[0].pointer, caught.value.errors[0].code) == (pointer, code)
    assert INSZ not in repr([error.detail for error in caught.value.errors])
    assert Entry.objects.count() == 0


def test_a_start_more_than_five_minutes_ahead_is_refused_and_a_clock_a_little_ahead_is_not() -> None:
    with pytest.raises(InvalidInputError) as caught:
        record(reports=[report(started_at=(now() + timedelta(minutes=6)).isoformat())], reporter=GATEWAY)

    assert caught.value.errors[0].code == "time-out-of-range"
    assert record(reports=[report(started_at=(now() + timedelta(minutes=4)).isoformat())], reporter=GATEWAY)


@pytest.mark.parametrize("outcome", ["requested", "no-data", "failed", "unanswered", "refused"])
def test_attempts_that_gave_nothing_are_records_too(outcome: str) -> None:
    answer = record(reports=[report(outcome=outcome, categories_delivered=None)], reporter=GATEWAY)[0]

    assert Exchange.objects.get(id=answer.id).outcome == outcome


def test_a_bulk_exchange_is_one_record_that_each_person_can_be_found_by() -> None:
    both = [{"kind": "insz", "value": INSZ}, {"kind": "insz", "value": OTHER_INSZ}]
    answer = record(reports=[report(subjects=both, search_keys=["list"])], reporter=GATEWAY)[0]

    assert Exchange.objects.get(id=answer.id).subject_count == 2
    assert sorted(Opening.objects.filter(id=answer.id).values_list("position", flat=True)) == [-1, 0, 1]


def test_absent_user_and_dossier_are_committed_to_without_telling_that_they_are_absent() -> None:
    asker = {"organisation": "VDAB", "application": "batch"}
    answer = record(reports=[report(asker=asker, dossier=None, trigger="automatic")], reporter=GATEWAY)[0]

    leaf = entry.decode(bytes(Entry.objects.get(id=answer.id).leaf))
    assert len(leaf.sd) == 2
    absent = Opening.objects.get(id=answer.id, position=-2)
    assert absent.lookup is None
    assert bytes(absent.sealed).count(b"null") == 2


def test_what_the_user_is_to_the_person_is_kept_and_an_entry_without_it_reads_as_before() -> None:
    user = {"kind": "insz", "value": INSZ}
    related = report(
        message_reference="related",
        relation="household",
        asker={"organisation": "VDAB", "user": user},
        subjects=[{"kind": "insz", "value": OTHER_INSZ}],
    )
    told, silent = (
        bytes(Entry.objects.get(id=one.id).leaf) for one in record(reports=[related, report()], reporter=GATEWAY)
    )
    assert entry.decode(told).relation == "household"
    assert b"relation" not in silent


def test_a_relation_needs_both_whom_it_is_between() -> None:
    with pytest.raises(InvalidInputError) as refused:
        record(reports=[report(relation="self", subjects=[])], reporter=GATEWAY)
    assert refused.value.errors[0].pointer == "/0/relation"


def test_a_correction_is_a_new_record_that_points_to_the_old() -> None:
    first = record(reports=[report()], reporter=GATEWAY)[0]
    correction = report(message_reference="correction-1", outcome="failed", corrects=str(first.id))
    second = record(reports=[correction], reporter=GATEWAY)[0]
    again = record(reports=[correction], reporter=GATEWAY)[0]

    assert Exchange.objects.get(id=second.id).corrects == first.id
    assert Exchange.objects.get(id=first.id).outcome == "succeeded"
    assert (again.id, again.is_new) == (second.id, False)
    with pytest.raises(ConflictError):
        record(reports=[report(message_reference="correction-2", corrects=str(first.id))], reporter=GATEWAY)
    with pytest.raises(InvalidInputError):
        record(reports=[report(message_reference="c-3", corrects=str(second.id)[:-4] + "0000")], reporter=GATEWAY)


def test_the_same_moment_written_with_another_offset_is_the_same_report() -> None:
    first = record(reports=[report(started_at="2016-03-01T09:14:03.120Z")], reporter=GATEWAY)[0]
    again = record(reports=[report(started_at="2016-03-01T10:14:03.120+01:00")], reporter=GATEWAY)[0]

    assert (again.id, again.is_new) == (first.id, False)


def test_an_entry_names_the_system_that_reported_it() -> None:
    answer = record(reports=[report()], reporter=GATEWAY)[0]

    assert entry.decode(bytes(Entry.objects.get(id=answer.id).leaf)).reported_by == "system:magda-gateway"
