"""The counts can be made anew from the entries, and compared."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import F

from compliance.statistics.follow import follow
from compliance.statistics.models import FollowerCursor, HourCount, MonthCount
from compliance.statistics.rebuild import compare, rebuild
from tests.statistics.conftest import recorded

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def counts() -> None:
    """Have counts of four entries, one of them a correction."""
    first = recorded(partner="VMSW")
    recorded(partner="VDAB")
    recorded(partner="VDAB", trigger="manual")
    recorded(partner="VDAB", corrects=first)
    follow()


def kept() -> set[tuple[object, ...]]:
    """Return all counts that are something."""
    by_hour = HourCount.objects.exclude(count=0).values_list("hour", "partner", "trigger", "count")
    return {*by_hour, *MonthCount.objects.exclude(count=0).values_list("month", "partner", "trigger", "count")}


def test_counts_that_followed_equal_counts_made_anew() -> None:
    assert compare() == []
    before = kept()
    assert rebuild() == 4
    assert kept() == before


def test_what_is_not_counted_yet_is_no_difference() -> None:
    recorded()
    assert compare() == []


def test_every_difference_is_found_and_mended() -> None:
    MonthCount.objects.filter(partner="VDAB").update(count=F("count") + 5)
    HourCount.objects.filter(trigger="manual").delete()
    found = {(row.table, row.made - row.kept) for row in compare()}
    assert found == {("compliance_monthcount", -5), ("compliance_hourcount", 1)}
    rebuild()
    assert compare() == []


def test_following_goes_on_where_a_rebuild_left_the_cursor() -> None:
    recorded()
    rebuild()
    assert follow().entries == 0
    recorded()
    assert follow().entries == 1
    assert compare() == []


def test_counts_can_be_made_from_nothing() -> None:
    FollowerCursor.objects.all().delete()
    HourCount.objects.all().delete()
    MonthCount.objects.all().delete()
    rebuild()
    assert compare() == []
    assert MonthCount.objects.filter(count__gt=0).exists()


def test_the_command_says_by_its_exit_code_whether_counts_agree() -> None:
    out = StringIO()
    call_command("rebuild_statistics", stdout=out)
    assert "agree" in out.getvalue()
    MonthCount.objects.filter(partner="VDAB", trigger="manual").update(count=9)
    out, complaint = StringIO(), StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("rebuild_statistics", "--compare", stdout=out, stderr=complaint)
    assert "kept 9, entries give 1" in out.getvalue()
    assert "--write" in complaint.getvalue()
    call_command("rebuild_statistics", "--write", stdout=StringIO())
    call_command("rebuild_statistics", stdout=StringIO())


def test_the_follow_command_counts_all_that_was_recorded_before_it() -> None:
    recorded()
    out = StringIO()
    call_command("follow", "--until-idle", stdout=out)
    assert out.getvalue() == "1 entries counted.\n"
    call_command("follow", stdout=out)
    assert compare() == []
