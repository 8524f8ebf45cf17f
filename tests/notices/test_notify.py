"""People are told things once, in words that are whole, and only when what is told has happened."""

from __future__ import annotations

from contextlib import suppress
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils.translation import override

from compliance.access.models import Account
from compliance.access.roles import Capability
from compliance.notices.audience import people_who
from compliance.notices.models import Notice
from compliance.notices.notify import notify
from compliance.notices.sentences import places_of, sentence_of
from compliance.notices.vocabulary import NoticeKind
from tests.notices.telling import WORDS, told

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.django_db

LANGUAGES = ("nl", "en", "fr")


def test_a_recipient_is_told_once_of_a_kind_and_key(cast: Mapping[str, Account]) -> None:
    people = [cast["vdab-dpo"], cast["officer"]]
    assert {notice.recipient for notice in told(people, key="a")} == set(people)
    assert told(people, key="a") == []
    assert [notice.recipient for notice in told([*people, cast["second-officer"]], key="a")] == [cast["second-officer"]]
    assert len(told(people, key="b")) == 2
    assert len(told(people, kind=NoticeKind.ADVICE_GIVEN, key="a")) == 2
    assert Notice.objects.count() == 7


def test_a_change_that_is_rolled_back_tells_nobody(cast: Mapping[str, Account]) -> None:
    class UndoneError(Exception):
        pass

    with suppress(UndoneError), transaction.atomic():
        assert told([cast["officer"]])
        raise UndoneError
    assert not Notice.objects.exists()


def test_a_closed_account_is_told_nothing(cast: Mapping[str, Account]) -> None:
    Account.objects.filter(username="officer").update(is_active=False)
    assert told(Account.objects.filter(username__in=["officer", "second-officer"])) == list(Notice.objects.all())
    assert [notice.recipient for notice in Notice.objects.all()] == [cast["second-officer"]]


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"code": "AV-1"},
        {"code": "AV-1", "title": "t", "organisation": "VDAB", "day": "2026-12-01", "more": "x"},
        {"code": "AV-1", "title": "t", "organisation": "VDAB", "day": "soon"},
    ],
)
def test_words_that_do_not_fill_the_sentence_are_refused_at_once(
    cast: Mapping[str, Account], words: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match=r"advice-asked|isoformat"):
        notify(recipients=[cast["officer"]], kind=NoticeKind.ADVICE_ASKED, key="k", address="/", words=words)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_kind_has_a_sentence_with_the_same_places_in_each_language(kind: NoticeKind) -> None:
    places: set[frozenset[str]] = set()
    sentences = set()
    for language in LANGUAGES:
        with override(language):
            places.add(places_of(kind))
            sentences.add(sentence_of(kind, dict.fromkeys(places_of(kind), "2026-12-01")))
    assert len(places) == 1
    assert not any("%(" in sentence for sentence in sentences)


def test_a_day_is_written_as_the_reader_writes_days() -> None:
    words = {place: WORDS[place] for place in places_of(NoticeKind.ADVICE_ASKED)}
    written = []
    for language in LANGUAGES:
        with override(language):
            written.append(sentence_of(NoticeKind.ADVICE_ASKED, words))
    for sentence, day in zip(written, ("1 december 2026", "1 December 2026", "1er décembre 2026"), strict=True):
        assert day in sentence


def test_a_word_stays_on_one_line() -> None:
    assert "one two" in sentence_of(NoticeKind.PROTOCOL_PUBLISHED, {"code": "AV-1", "title": "one\r\ntwo"})


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "notices/", ""])
def test_a_notice_leads_only_to_a_path_of_our_own(cast: Mapping[str, Account], address: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        told([cast["officer"]], address=address)


@pytest.mark.django_db(transaction=True)
def test_two_that_tell_the_same_at_once_tell_it_once(cast: Mapping[str, Account]) -> None:
    start, made = Barrier(2), []

    def tell(people: list[Account]) -> None:
        start.wait(10)
        with transaction.atomic():
            made.extend(told(people))
        connection.close()

    people = [cast["officer"], cast["second-officer"]]
    threads = [Thread(target=tell, args=(people[::way],)) for way in (1, -1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(made) == Notice.objects.count() == 2


@pytest.mark.parametrize(
    ("capability", "organisation", "expected"),
    [
        (Capability.DECIDE_REQUESTS, "", {"officer", "second-officer"}),
        (Capability.ADVISE_FOR_PARTNER, "VDAB", {"vdab-dpo"}),
        (Capability.MAKE_REQUESTS, "VDAB", {"vdab-requester"}),
        (Capability.MAKE_REQUESTS, "VMSW", {"vmsw-requester"}),
        (Capability.MAKE_REQUESTS, "", {"vdab-requester", "vmsw-requester"}),
        (Capability.ADVISE_FOR_PARTNER, "VMSW", set()),
    ],
)
def test_an_audience_is_who_may_do_something_of_one_organisation(
    cast: Mapping[str, Account], capability: Capability, organisation: str, expected: set[str]
) -> None:
    assert {person.username for person in people_who(capability, organisation=organisation)} == expected


def test_an_audience_leaves_out_who_has_left(cast: Mapping[str, Account]) -> None:
    Account.objects.filter(username="officer").update(is_active=False)
    assert [person.username for person in people_who(Capability.DECIDE_REQUESTS)] == ["second-officer"]
