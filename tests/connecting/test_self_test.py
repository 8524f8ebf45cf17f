"""A self-test says what would be answered, and keeps nothing but which checks were passed."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.utils.translation import override

from compliance.authorisations.judgement import Reason
from compliance.authorisations.vocabulary import Verdict
from compliance.connecting.checklist import checklist, is_complete
from compliance.connecting.models import PassedCheck
from compliance.connecting.self_test.example import example_for
from compliance.connecting.self_test.hints import HintKind
from compliance.connecting.self_test.remedies import Remedy
from compliance.connecting.self_test.run_self_test import run_self_test
from compliance.connecting.self_test.samples import MOST_SAMPLES, holds_real_number, split, without_numbers
from compliance.connecting.self_test.tester import person_as_tester
from compliance.connecting.self_test.words import HINTS, remedy_words
from compliance.connecting.vocabulary import Check
from compliance.kernel.clock import now
from compliance.kernel.errors import MalformedInputError, TooLargeError
from compliance.simulation.numbers import synthetic_insz, synthetic_minor_insz
from tests.connecting.partners import OCMW, VENDOR, authorised, begun, person_of
from tests.connecting.samples import sample, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account
    from compliance.connecting.models import Connection
    from compliance.connecting.self_test.tried import SelfTested, Tried

pytestmark = pytest.mark.django_db
REAL = "85073003328"  # python-stdnum's own example of a National Register number
KEPT = ("ledger_entry", "ledger_opening", "ledger_person_key", "exchanges_exchange", "oversight_act")


@pytest.fixture
def connected(cast: Mapping[str, Account]) -> Connection:
    """Begin to connect an OCMW that has an authorisation for production and acceptance."""
    authorised()
    return begun(cast)


def tried(*samples: Any, code: str = VENDOR) -> SelfTested:
    """Test samples as somebody of an organisation."""
    return run_self_test(octets=written(*samples), tester=person_as_tester(person_of(code), at=now()))


def one(code: str = VENDOR, **changes: Any) -> Tried:
    """Test one sample."""
    return tried(sample(**changes), code=code).samples[0]


def hints(found: Tried) -> set[HintKind]:
    """Return which remarks were made."""
    return {hint.kind for hint in found.hints}


def rows() -> list[int]:
    """Count what an exchange or a look would leave."""
    with connection.cursor() as cursor:
        counts = []
        for table in KEPT:
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own words
            counts.append(cursor.fetchone()[0])
    return counts


def test_a_good_sample_gets_its_verdict_and_no_remark(connected: Connection) -> None:
    found = one()
    assert found.is_good
    assert found.judgement is not None
    assert (found.judgement.verdict, found.judgement.authorisation) == (Verdict.COVERED, f"PROT-{OCMW}/1")
    assert (found.unknown, found.remedies, found.hints, found.same_as) == ((), (), (), None)
    assert found.id is not None


def test_nothing_is_recorded_and_no_sample_is_kept(connected: Connection) -> None:
    before = rows()
    reference = "A-REFERENCE-TO-LOOK-FOR"
    tried(sample(message_reference=reference), sample(message_reference="2", purpose="NONE"), sample(subjects=[{}]))
    assert rows() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM compliance_passedcheck c")
        assert reference not in str(cursor.fetchall())


def test_one_that_cannot_be_read_leaves_the_others_alone(connected: Connection) -> None:
    octets = b"\n".join([written(sample()), b"{not json", written(sample(outcome="maybe")), b"", written({"a": 1})])
    found = run_self_test(octets=octets, tester=person_as_tester(person_of(VENDOR), at=now())).samples
    assert [sorted({error.code for error in each.errors}) for each in found] == [
        [],
        ["not-json"],
        ["not-a-value"],
        ["unknown-field"],
    ]
    assert found[2].errors[0].pointer == "/outcome"


def test_a_document_is_one_sample_an_array_or_lines(connected: Connection) -> None:
    assert len(split(json.dumps(sample(), indent=2).encode())) == 1
    assert len(split(written(sample(), sample()))) == 2
    assert len(split(b"{}\n\n{}\r\n")) == 2
    for nothing in (b"", b"  \n", b"[{,]"):
        with pytest.raises(MalformedInputError):
            split(nothing)
    with pytest.raises(TooLargeError):
        split(b"{}\n" * (MOST_SAMPLES + 1))


@pytest.mark.parametrize(
    "changes",
    [
        {"subjects": [{"kind": "insz", "value": REAL}]},
        {"subjects": [{"kind": "insz", "value": "85.07.30-033 28"}]},
        {"asker": {"organisation": OCMW, "user": {"kind": "insz", "value": REAL}}},
        {"dossier": REAL},
        {"message_reference": f"ref {REAL}"},
        {"record_count": int(REAL)},
        {"no_such_field": REAL},
    ],
)
def test_a_number_that_could_be_somebodys_is_refused_and_never_repeated(
    connected: Connection, changes: dict[str, Any]
) -> None:
    found = one(**changes)
    assert [error.code for error in found.errors] == ["outside-test-range"]
    assert found.judgement is None
    assert "033" not in repr(found)
    assert REAL not in repr(found)


@pytest.mark.parametrize("number", [synthetic_insz(1), synthetic_minor_insz(5)])
def test_a_number_of_the_test_range_is_let_through(connected: Connection, number: str) -> None:
    assert not holds_real_number(number.encode())
    assert one(subjects=[{"kind": "insz", "value": number}]).is_good
    assert without_numbers(f"a {number} b {REAL} c") == f"a {number} b ........... c"


@pytest.mark.parametrize(
    ("changes", "pointer", "nearest"),
    [
        ({"purpose": "SOCIAL-SERVICES"}, "/purpose", "SOCIAL-SERVICE"),
        ({"legal_basis": "OCMW-1976"}, "/legal_basis", "OCMW-1976-ART-57"),
        ({"service": {"code": "KBI-DOSIER", "version": "2.0"}}, "/service", "KBI-DOSSIER/2.0"),
        ({"categories_requested": ["IDENTIFICATIE"]}, "/categories_requested/0", "IDENTIFICATION"),
        ({"route": "MAGDA-KZS"}, "/route", "MAGDA-KSZ"),
        ({"source": "KBIS"}, "/source", "KBI"),
    ],
)
def test_an_unknown_code_is_named_with_the_nearest_that_is_known(
    connected: Connection, changes: dict[str, Any], pointer: str, nearest: str
) -> None:
    (unknown,) = one(**changes).unknown
    assert unknown.pointer == pointer
    assert unknown.nearest[0] == nearest


@pytest.mark.parametrize(
    ("changes", "verdict", "named"),
    [
        ({"environment": "test"}, Verdict.ENVIRONMENT_OUTSIDE, "acceptance, production"),
        ({"service": {"code": "KBI-LOKET", "version": "1.0"}}, Verdict.SERVICE_OUTSIDE, "KBI-DOSSIER/2.0"),
        ({"categories_delivered": ["CONTACT"]}, Verdict.CATEGORY_OUTSIDE, "IDENTIFICATION, "),
        ({"purpose": "JOB-MEDIATION"}, Verdict.PURPOSE_OUTSIDE, "SOCIAL-SERVICE"),
        ({"legal_basis": "INB-2013"}, Verdict.LEGAL_BASIS_NOT_NAMED, "OCMW-1976-ART-57"),
        ({"route": "DIRECT"}, Verdict.ROUTE_OUTSIDE, "MAGDA-KSZ"),
    ],
)
def test_what_is_outside_is_told_with_what_would_make_it_covered(
    connected: Connection, changes: dict[str, Any], verdict: Verdict, named: str
) -> None:
    found = one(**changes)
    assert found.judgement is not None
    assert found.judgement.verdict is verdict
    assert [remedy.reason.verdict for remedy in found.remedies] == [verdict]
    with override("en"):
        assert named in remedy_words(found.remedies[0])


def test_without_an_authorisation_one_is_to_be_asked_for(cast: Mapping[str, Account]) -> None:
    begun(cast)
    found = one()
    assert found.judgement is not None
    assert found.judgement.verdict is Verdict.NO_AUTHORISATION
    with override("en"):
        assert remedy_words(found.remedies[0]).startswith("Ask for an authorisation")


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.COVERED])
def test_every_reason_has_a_remedy_in_words(verdict: Verdict) -> None:
    details = [("hours",), ("user-group",), ("ceiling", "1", "day")] if verdict is Verdict.CONDITION_BROKEN else [()]
    with override("en"):
        for detail in details:
            told = remedy_words(Remedy(Reason(verdict, detail), ("A", "B")))
            assert told
            assert told != "Ask the operator what this needs."
            assert "%" not in told


def test_every_remark_has_words() -> None:
    assert set(HINTS) == set(HintKind)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"environment": None}, HintKind.ENVIRONMENT),
        ({"chain": None}, HintKind.CHAIN),
        ({"chain": {"correlation_id": "C-1"}}, HintKind.CHAIN),
        ({"producer_sequence": None}, HintKind.SEQUENCE_MISSING),
        ({"asker": {"organisation": OCMW, "capacity": "OCMW_MEDEWERKER"}}, HintKind.CAPACITY),
        ({"trigger": "manual"}, HintKind.USER_GROUP),
        ({"corrects": "0159490e-d214-74f9-81e7-978cbeb1e80e"}, HintKind.CORRECTS),
        ({"started_at": "2026-01-01T10:00:00"}, HintKind.TIME_ZONE),
        ({"started_at": (now() + timedelta(hours=1)).isoformat()}, HintKind.TIME_ZONE),
    ],
)
def test_what_deserves_a_remark_gets_it(connected: Connection, changes: dict[str, Any], kind: HintKind) -> None:
    assert hints(one(**changes)) == {kind}


def test_a_vendor_that_asks_for_nobody_is_told_so(connected: Connection) -> None:
    assert hints(one(asker={"organisation": VENDOR}, producer=VENDOR)) == {HintKind.ON_BEHALF_OF}


def test_numbers_of_a_producer_follow_each_other(connected: Connection) -> None:
    numbers = [7, 8, 8, 10, 11]
    found = tried(*(sample(message_reference=f"R-{at}", producer_sequence=n) for at, n in enumerate(numbers)))
    gaps = [each.position for each in found.samples if HintKind.SEQUENCE_GAP in hints(each)]
    assert gaps == [3]


def test_the_same_again_is_recognised_and_another_content_is_a_conflict(connected: Connection) -> None:
    first = sample()
    found = tried(first, first, {**first, "outcome": "no-data"}).samples
    assert [each.same_as for each in found] == [None, 0, None]
    assert found[0].id == found[1].id == found[2].id
    assert hints(found[2]) == {HintKind.CONFLICT}


def everything() -> list[dict[str, Any]]:
    """Return samples that show all that is checked, at once."""
    first = sample()
    number = str(tried(first).samples[0].id)
    special = [
        first,
        first,
        sample(message_reference="OUT", purpose="JOB-MEDIATION"),
        sample(message_reference="REF", outcome="refused"),
        sample(message_reference="NONE", outcome="no-data"),
        sample(message_reference="COR", corrects=number),
    ]
    return special + [sample(message_reference=f"BULK-{at}") for at in range(100 - len(special))]


def test_the_checklist_is_complete_when_everything_was_shown(connected: Connection) -> None:
    samples = everything()
    found = tried(*samples)
    assert all(state.passed_at is not None for state in found.partners[0].checks)
    assert is_complete(connected)
    assert PassedCheck.objects.count() == len(Check)
    assert {check.passed_by for check in PassedCheck.objects.all()} == {f"{VENDOR.lower()}-requester"}


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [
        (1, Check.RETRY),
        (2, Check.OUTSIDE),
        (3, Check.REFUSED),
        (4, Check.NO_DATA),
        (5, Check.CORRECTION),
    ],
)
def test_what_was_not_shown_stays_open(connected: Connection, left_out: int, missing: Check) -> None:
    samples = everything()
    samples[left_out] = sample(message_reference="FILLS-ITS-PLACE")
    found = tried(*samples)
    assert {state.check for state in found.partners[0].checks if state.passed_at is None} == {missing}


def test_ninety_nine_are_no_bulk(connected: Connection) -> None:
    tried(*(sample(message_reference=f"B-{at}") for at in range(99)), sample(outcome="maybe"))
    assert {state.check for state in checklist(connected) if state.passed_at} == {Check.COVERED}


def test_a_sample_of_anothers_gets_no_verdict(connected: Connection) -> None:
    found = one(code="VMSW")
    assert [error.code for error in found.errors] == ["not-yours"]
    assert (found.judgement, found.partner, found.id) == (None, "", None)
    assert not PassedCheck.objects.exists()


def test_a_vendor_tests_for_each_of_its_ocmws_apart(connected: Connection, cast: Mapping[str, Account]) -> None:
    begun(cast, "OCMW-31005")
    other = sample(asker={"organisation": VENDOR, "on_behalf_of": "OCMW-31005"}, producer="OCMW-31005")
    found = tried(sample(), other)
    verdicts = [each.judgement.verdict for each in found.samples if each.judgement]
    assert verdicts == [Verdict.COVERED, Verdict.NO_AUTHORISATION]
    passed = {partner.organisation: {s.check for s in partner.checks if s.passed_at} for partner in found.partners}
    assert passed == {OCMW: {Check.COVERED}, "OCMW-31005": {Check.OUTSIDE}}


def test_the_example_is_covered_and_gets_no_remark(connected: Connection) -> None:
    for vendor in ("", VENDOR):
        example = example_for(OCMW, vendor=vendor, at=now())
        assert example is not None
        found = tried({**example, "producer": OCMW}).samples[0]
        assert found.is_good
        assert found.judgement is not None
        assert found.judgement.verdict is Verdict.COVERED
        assert found.hints == ()


@pytest.mark.parametrize("code", ["VDAB", "VMSW", "OCMW-GENT"])
def test_the_example_of_every_partner_is_covered(cast: Mapping[str, Account], code: str) -> None:
    example = example_for(code, at=now())
    assert example is not None
    found = tried(example, code=code).samples[0]
    assert found.judgement is not None
    assert found.judgement.verdict is Verdict.COVERED


def test_there_is_no_example_without_an_authorisation(cast: Mapping[str, Account]) -> None:
    assert example_for("OCMW-11001", at=now()) is None
