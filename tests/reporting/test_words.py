"""Figures, sentences and charts as people read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from compliance.reporting.answer_shape import Cell, CellKind
from compliance.reporting.chart import PAGE, PAPER, Palette, ceiling_of
from compliance.reporting.numbers import day_of, half_up, percentage, period_of, signed, whole
from compliance.reporting.present_answer import present_answer
from compliance.reporting.present_cells import present_cell

if TYPE_CHECKING:
    from compliance.reporting.answer_shape import Answer

NARROW = "\u202f"
SVG = "{http://www.w3.org/2000/svg}"


def read(svg: str) -> ET.Element:
    """Parse a drawing."""
    return ET.fromstring(svg)  # noqa: S314 it is our own


def test_figures_are_written_as_readers_in_belgium_write_them() -> None:
    assert whole(18_498_776, "nl") == "18.498.776"
    assert whole(18_498_776, "fr") == f"18{NARROW}498{NARROW}776"
    assert whole(18_498_776, "en") == "18,498,776"
    assert whole(18_498_776, "de") == "18.498.776", "an unknown reader gets Dutch"


def test_differences_carry_their_sign_and_a_minus_is_one_that_is_read_aloud() -> None:
    assert signed(-833_645, "nl") == "\N{MINUS SIGN}833.645"
    assert signed(97_527, "nl") == "+97.527"
    assert signed(0, "nl") == "0"


def test_percentages_have_one_decimal() -> None:
    assert percentage(Fraction(4_883, 12_989), "nl") == "37,6%"
    assert percentage(Fraction(-1, 8), "en", sign=True) == "\N{MINUS SIGN}12.5%"
    assert percentage(Fraction(0), "nl", sign=True) == "0,0%"
    assert percentage(Fraction(3, 2), "fr", sign=True).startswith("+150,0")


def test_days_are_written_in_words() -> None:
    assert day_of(date(2016, 7, 16), "nl") == "16 juli 2016"
    assert day_of(date(2016, 7, 1), "fr") == "1er juillet 2016"
    assert day_of(date(2016, 7, 11), "fr") == "11 juillet 2016"
    assert day_of(date(2016, 7, 16), "en") == "16 July 2016"


@given(value=st.integers(-(10**12), 10**12), language=st.sampled_from(["nl", "en", "fr"]))
def test_a_written_figure_reads_back(value: int, language: str) -> None:
    digits = whole(value, language).replace("\N{MINUS SIGN}", "-")
    assert int(digits.translate({ord(mark): None for mark in (".", ",", NARROW, "\u00a0")})) == value


@given(numerator=st.integers(-(10**9), 10**9), denominator=st.integers(1, 10**6))
def test_a_half_is_rounded_upwards(numerator: int, denominator: int) -> None:
    value = Fraction(numerator, denominator)
    assert -Fraction(1, 2) < value - half_up(value) < Fraction(1, 2) or half_up(value) - value == Fraction(1, 2)


@given(values=st.lists(st.integers(0, 10**9)))
def test_the_top_of_a_scale_holds_every_bar_and_is_not_far_above(values: list[int]) -> None:
    ceiling = ceiling_of(values)
    highest = max(values, default=0)
    assert highest <= ceiling <= max(2 * highest, 1)


def test_the_divisor_stands_beside_the_figure(answer: Answer) -> None:
    summary = " ".join(present_answer(answer=answer, language="en").summary)
    assert "Per working day: 73,118 (18,498,776 over 253 working days)." in summary
    assert "Compared with 2015: +6,069,077 (+48.8%)." in summary
    assert "Fewer than in 2015: Flemish Social Housing Company (\N{MINUS SIGN}833,645)." in summary


@override("en")
def test_each_cell_says_in_words_why_it_holds_no_figure() -> None:
    shown = present_cell(Cell(CellKind.NOT_CONNECTED), "en")
    assert (shown.text, shown.is_number) == ("not connected", False)
    assert present_cell(Cell(CellKind.NO_FIGURES), "en").text == "no figures"
    assert present_cell(Cell(CellKind.COUNT, 0), "en").text == "0"
    assert present_cell(Cell(CellKind.COUNT, 5, complete=False), "en").title.startswith("Incomplete")
    carried = present_cell(Cell(CellKind.CARRIED_OVER, 5, ("D",), marks=("*",)), "en")
    assert carried.marks == "\N{DEGREE SIGN} *"


def test_every_row_has_a_cell_for_every_column(answer: Answer) -> None:
    words = present_answer(answer=answer, language="nl")
    sections = [section for section in (words.years, words.discimus, words.departures) if section]
    for table in (words.months, *(table for section in sections for table in section.tables)):
        for row in (*table.rows, *([table.foot] if table.foot else [])):
            assert len(row.cells) == len(table.columns) - 1


def test_a_long_name_gives_place_to_its_code_and_stays_as_title(answer: Answer) -> None:
    vmsw = present_answer(answer=answer, language="nl").months.columns[2]
    assert (vmsw.label, vmsw.title) == ("VMSW", "Vlaamse Maatschappij voor Sociaal Wonen")


def test_the_page_says_where_it_departs_from_the_document(answer: Answer) -> None:
    departures = present_answer(answer=answer, language="en").departures
    assert departures is not None
    assert "of 90 figures compared, 1 is printed otherwise" in departures.sentences[0]
    (row,) = departures.tables[0].rows
    assert row.label == "Centres for adult (basic) education, 2016 against 2015"
    assert [cell.text for cell in row.cells] == ["5,209,336", "5,290,336", "+81,000"]


def test_a_demonstration_is_announced(answer: Answer, demonstration: Answer) -> None:
    assert present_answer(answer=answer, language="en").notices == ()
    (notice,) = present_answer(answer=demonstration, language="en").notices
    assert notice.startswith("Demonstration at 1 : 50")
    (full,) = present_answer(answer=replace(answer, scale=Fraction(1)), language="en").notices
    assert full.startswith("Demonstration:")


@pytest.mark.parametrize("palette", [PAGE, PAPER])
def test_a_panel_is_an_accessible_drawing_without_inline_style(answer: Answer, palette: Palette) -> None:
    panels = present_answer(answer=answer, language="nl", palette=palette).charts.panels
    assert len(panels) == 6
    for panel in panels:
        drawing = read(panel.svg)
        described = drawing.get("aria-labelledby", "").split()
        assert drawing.get("role") == "img"
        assert [drawing.find(f"{SVG}{tag}").get("id") for tag in ("title", "desc")] == described  # type: ignore[union-attr]
        assert not [element for element in drawing.iter() if {"style", "onclick", "href"} & set(element.attrib)]
        assert not [element for element in drawing.iter() if element.tag in {f"{SVG}script", f"{SVG}style"}]
        assert len(drawing.findall(f"{SVG}rect")) == 12
    keys = [read(panel.svg).get("aria-labelledby") for panel in panels]
    assert len(set(keys)) == len(keys)


def test_each_bar_is_as_high_as_its_share_of_the_scale(answer: Answer) -> None:
    vdab = present_answer(answer=answer, language="nl").charts.panels[3]
    bars = [float(bar.get("height", "")) for bar in read(vdab.svg).findall(f"{SVG}rect")]
    figures = [row.cells[2].value or 0 for row in answer.months.rows]
    assert bars == [
        pytest.approx(figure / 300_000 * max(bars) * 300_000 / max(figures), abs=0.01) for figure in figures
    ]


def test_names_cannot_break_out_of_a_drawing(answer: Answer) -> None:
    columns = [replace(column, name=replace(column.name, nl="<script>&\"'")) for column in answer.months.columns]
    changed = replace(answer, months=replace(answer.months, columns=tuple(columns)))
    for panel in present_answer(answer=changed, language="nl").charts.panels:
        assert "<script" not in panel.svg
        read(panel.svg)


def test_a_period_is_named_as_short_as_it_can_be(answer: Answer) -> None:
    assert period_of(answer.period, "nl") == "2016"
    assert period_of(answer.months.rows[0].period, "nl") == "januari 2016"
