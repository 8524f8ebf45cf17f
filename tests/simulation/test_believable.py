"""The year looks like a year: people sleep, machines work at night, schools close, links break."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from compliance.kernel.clock import BRUSSELS
from compliance.simulation.catalogue import LIST_LENGTH
from compliance.simulation.days import days
from compliance.simulation.outages import Link, link
from compliance.simulation.partners import PARTNERS, VDAB

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.exchanges.submission import Submission
    from compliance.simulation.world import World

WORKING_DAYS = {day.date for day in days() if day.works}


def local(report: Submission) -> datetime:
    return report.started_at.astimezone(BRUSSELS)


def partner(report: Submission) -> str:
    return report.asker.on_behalf_of or report.asker.organisation


def by_hand(reports: Iterable[Submission]) -> list[Submission]:
    return [report for report in reports if report.trigger == "manual"]


def a_working_day(reports: Iterable[Submission], month: int) -> float:
    """Return the exchanges on a working day of a month."""
    counted = Counter(local(report).date() for report in reports if local(report).month == month)
    worked = [day for day in WORKING_DAYS if day.month == month]
    return sum(counted[day] for day in worked) / len(worked)


def test_by_hand_almost_nothing_happens_at_night_or_on_a_day_off(exchanges: list[Submission]) -> None:
    asked = by_hand(exchanges)
    at_night = [report for report in asked if not 7 <= local(report).hour < 22]
    off = [report for report in asked if local(report).date() not in WORKING_DAYS]
    assert len(at_night) < 0.002 * len(asked)
    assert len(off) < 0.05 * len(asked)
    assert {partner(report) for report in off} == {"CVO-CBE"}
    assert {local(report).isoweekday() for report in off} == {6}


def test_a_weekend_is_low(exchanges: list[Submission]) -> None:
    counted = Counter(local(report).isoweekday() for report in exchanges)
    saturday_and_sunday = (counted[6] + counted[7]) / 2
    assert saturday_and_sunday < 0.75 * sum(counted[day] for day in range(1, 6)) / 5


def test_machines_work_mostly_at_night(exchanges: list[Submission]) -> None:
    machines = [report for report in exchanges if report.trigger == "automatic"]
    assert sum(local(report).hour < 7 or local(report).hour >= 22 for report in machines) > 0.6 * len(machines)
    assert all(report.asker.user is None for report in machines)


def test_desks_have_a_lunch_dip(exchanges: list[Submission]) -> None:
    asked = [report for report in by_hand(exchanges) if partner(report) != "CVO-CBE"]
    hours = Counter(local(report).hour for report in asked)
    assert hours[12] < 0.75 * hours[10]
    assert hours[12] < 0.75 * hours[14]


def test_nobody_works_around_the_clock_and_nobody_never_rests(world: World) -> None:
    seen: dict[str, dict[date, list[datetime]]] = defaultdict(lambda: defaultdict(list))
    for day in days()[::3]:
        for act in by_hand(world.reports(day, identify=str)):
            if act.asker.user is not None and not late(act):
                seen[act.asker.user.value][local(act).date()].append(local(act))
    assert len(seen) > 60
    for worked in seen.values():
        assert all(max(moments) - min(moments) < timedelta(hours=11) for moments in worked.values())
        assert len(worked) < 0.8 * len(days()[::3])


def late(report: Submission) -> bool:
    return local(report).time() >= time(20)


def test_people_differ_in_how_much_and_when_they_ask(exchanges: list[Submission]) -> None:
    counted = Counter(report.asker.user.value for report in exchanges if report.asker.user)
    weekdays: dict[str, set[int]] = defaultdict(set)
    for report in by_hand(exchanges):
        if report.asker.user:
            weekdays[report.asker.user.value].add(local(report).isoweekday())
    assert max(counted.values()) > 3 * min(counted.values())
    assert any(len(worked) <= 4 for worked in weekdays.values())


def test_persons_come_back_and_some_come_back_often(exchanges: list[Submission]) -> None:
    counted = Counter(subject.value for report in exchanges for subject in report.subjects)
    ordered = sorted(counted.values(), reverse=True)
    tenth = len(ordered) // 10
    assert sum(ordered[:tenth]) > 0.2 * sum(ordered)
    assert ordered[0] < 0.01 * sum(ordered)
    assert sum(times > 1 for times in ordered) > 0.8 * len(ordered)


def test_one_piece_of_work_is_about_one_file(exchanges: list[Submission]) -> None:
    visits: dict[str, set[str | None]] = defaultdict(set)
    for report in by_hand(exchanges):
        assert report.chain is not None
        visits[str(report.chain.correlation_id)].add(report.dossier)
    assert all(len(dossiers) == 1 for dossiers in visits.values())
    assert len(visits) < len(by_hand(exchanges))


def test_schools_are_quiet_in_july_and_full_in_september(exchanges: list[Submission]) -> None:
    cvo = [report for report in exchanges if partner(report) == "CVO-CBE"]
    desk = by_hand(cvo)
    assert a_working_day(cvo, 7) < 0.5 * a_working_day(cvo, 9)
    assert a_working_day(desk, 7) < 0.2 * a_working_day(desk, 9)
    midsummer = [report for report in cvo if date(2016, 7, 11) <= local(report).date() < date(2016, 8, 13)]
    start_of_term = [report for report in cvo if date(2016, 9, 1) <= local(report).date() < date(2016, 10, 1)]
    assert len(midsummer) < 0.3 * len(start_of_term)


def test_vdab_is_silent_or_failing_where_the_figures_are_low(exchanges: list[Submission]) -> None:
    vdab = [report for report in exchanges if partner(report) == "VDAB"]
    spoken = {local(report).date() for report in vdab}
    silent = {day.date for day in days() if link(VDAB.partner, day) is Link.SILENT}
    assert len(silent) > 60
    assert not spoken & silent
    troubled = [report for report in vdab if local(report).month in (3, 10, 11)]
    healthy = [report for report in vdab if local(report).month in (4, 5, 6)]
    assert failures(troubled) > 0.6
    assert failures(healthy) < 0.06


def failures(reports: list[Submission]) -> float:
    return sum(report.outcome in ("failed", "unanswered") for report in reports) / len(reports)


def test_every_partner_has_every_outcome_and_mostly_success(exchanges: list[Submission]) -> None:
    for profile in PARTNERS:
        asked = Counter(report.outcome for report in exchanges if partner(report) == profile.partner)
        assert asked["succeeded"] > 0.6 * asked.total()
        assert {"no-data", "failed", "unanswered"} <= asked.keys()
    assert any(report.outcome == "refused" for report in exchanges)


def test_what_failed_delivers_nothing_and_says_why(exchanges: list[Submission]) -> None:
    for report in exchanges:
        if report.outcome == "succeeded":
            assert report.categories_delivered == report.categories_requested
            assert not report.exceptions
        else:
            assert not report.categories_delivered
            assert report.record_count == 0
            assert report.exceptions
        assert (report.outcome == "unanswered") == (report.ended_at is None)
        assert report.ended_at is None or report.ended_at > report.started_at


def test_gent_comes_directly_over_magda_except_where_it_strays(exchanges: list[Submission]) -> None:
    routes = Counter(report.route for report in exchanges if partner(report) == "OCMW-GENT")
    assert routes["MAGDA"] > 0.99 * routes.total()


def test_automatic_questions_to_discimus_follow_the_import_in_batches(exchanges: list[Submission]) -> None:
    asked = [report for report in exchanges if report.source == "DISCIMUS"]
    assert {(report.direction, report.asker.organisation) for report in asked} == {("obtained", "KBI")}
    automatic = [report for report in asked if report.trigger == "automatic"]
    assert all(3 <= local(report).hour < 6 and "import-" in str(report.chain) for report in automatic)
    assert all(report.dossier and report.asker.user for report in by_hand(asked))
    assert all(report.service_outcome and report.subjects[0].role == "minor" for report in asked)


def test_one_exchange_is_about_a_whole_list(exchanges: list[Submission]) -> None:
    lists = [report for report in exchanges if len(report.subjects) > 2]
    assert [len(report.subjects) for report in lists] == [LIST_LENGTH]
    assert lists[0].search_keys == ("list",)


def test_a_few_dozen_reports_are_corrected(year: list[Submission]) -> None:
    corrections = [report for report in year if report.corrects]
    references = {report.message_reference: report for report in year}
    assert 24 <= len(corrections) <= 60
    for correction in corrections:
        first = references[str(correction.corrects)]
        assert first.started_at == correction.started_at
        assert first.record_count != correction.record_count


def test_reports_are_numbered_without_gap_in_order_of_time(year: list[Submission]) -> None:
    assert [report.producer_sequence for report in year] == list(range(1, len(year) + 1))
    told = [report.started_at for report in year if not report.corrects]
    assert told == sorted(told)
    assert len({report.message_reference for report in year}) == len(year)
