"""The municipalities of the Flemish Region, on any day, each with its OCMW in the register."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from compliance.registry.models import Organisation
from compliance.registry.municipalities import Province, merged_from, municipalities, municipalities_on

BEFORE, BETWEEN, AFTER = date(2017, 1, 24), date(2019, 1, 1), date(2025, 1, 1)


@pytest.mark.parametrize(("day", "count"), [(BEFORE, 308), (date(2018, 12, 31), 308), (BETWEEN, 300), (AFTER, 285)])
def test_a_day_has_as_many_as_there_were(day: date, count: int) -> None:
    assert len(municipalities_on(day)) == count


def test_each_province_has_its_own() -> None:
    counted = Counter(one.province for one in municipalities_on(BETWEEN))
    assert counted == {
        Province.ANTWERP: 69,
        Province.FLEMISH_BRABANT: 65,
        Province.WEST_FLANDERS: 64,
        Province.EAST_FLANDERS: 60,
        Province.LIMBURG: 42,
    }


def test_what_ends_goes_up_in_one_that_stands_from_that_day() -> None:
    for one in municipalities().values():
        assert bool(one.merged_into) == (one.span.end is not None), one.nis
        if one.span.end is not None:
            successor = municipalities()[one.merged_into]
            assert successor.span.holds(one.span.end)
            assert one in merged_from(successor.nis)


def test_a_name_is_borne_once_a_day() -> None:
    for day in (BEFORE, BETWEEN, AFTER):
        names = [one.name_nl for one in municipalities_on(day)]
        assert len(names) == len(set(names))
        assert names == sorted(names)


@pytest.mark.django_db
def test_each_has_one_ocmw_in_the_register_and_ghents_is_the_partner() -> None:
    ocmws = dict(Organisation.objects.filter(code__startswith="OCMW-").values_list("code", "name_nl"))
    assert set(ocmws) == {one.ocmw for one in municipalities().values()}
    assert len(ocmws) == len(municipalities()) == 327
    assert municipalities()["44021"].ocmw == "OCMW-GENT"
    assert "OCMW-44021" not in ocmws
    assert ocmws["OCMW-44083"] == "OCMW Deinze"
    assert ocmws["OCMW-44011"] == "OCMW Deinze (tot 2019)"


@pytest.mark.django_db
def test_no_number_of_an_ocmw_is_invented() -> None:
    assert not Organisation.objects.filter(code__regex=r"^OCMW-\d{5}$").exclude(kbo_number="").exists()
