"""What each form of the answer promises to its reader."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook  # type: ignore[import-untyped]  # it ships no types
from pypdf import PdfReader

from compliance.reporting.answer_csv import HEADS, _guarded, answer_csv
from compliance.reporting.answer_json import answer_json
from compliance.reporting.answer_pdf import answer_pdf
from compliance.reporting.answer_table import answer_table
from compliance.reporting.answer_xlsx import answer_xlsx
from compliance.reporting.render_answer import Form, render_answer
from tests.reporting.counts import keep, published_year
from tests.reporting.reference import PARTNERS, printed_months, printed_total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf.generic import DictionaryObject, StreamObject

    from compliance.reporting.answer_shape import Answer

LANGUAGES = ("nl", "en", "fr")
NARROW = "\u202f"
TOTALS = {"nl": "18.498.776", "en": "18,498,776", "fr": f"18{NARROW}498{NARROW}776"}
DOCUMENTED = Path(__file__).parent.parent.parent / "docs" / "answer.md"
AT = datetime(2017, 2, 24, 9, tzinfo=UTC)


def keys(value: object) -> Iterator[str]:
    """Yield every field of a JSON value; partners' codes are no fields."""
    if isinstance(value, dict):
        for key, below in value.items():
            if key not in PARTNERS:
                yield key
            yield from keys(below)
    elif isinstance(value, list):
        for one in value:
            yield from keys(one)


def test_json_holds_every_figure_as_a_number(answer: Answer) -> None:
    shape = json.loads(answer_json(answer))
    for row, printed in zip(shape["rows"], printed_months(), strict=True):
        assert [row["figures"][partner]["exchanges"] for partner in PARTNERS] == list(printed.partners)
    assert shape["total"]["total"]["exchanges"] == printed_total().total
    assert (shape["total"]["working_days"], shape["total"]["per_working_day"]) == (253, 73_118)
    assert shape["differences"][0]["total"] == {"difference": 6_069_077, "percentage": 48.8272, "complete": True}
    assert shape["compared"][0]["figures"]["VDAB"]["kind"] == "not-connected"
    assert shape["departures"][0]["printed"] == 5_209_336


def test_every_field_of_json_and_every_column_of_csv_is_documented(answer: Answer) -> None:
    described = set(re.findall(r"`([a-z_-]+)`", DOCUMENTED.read_text(encoding="utf-8")))
    assert set(keys(json.loads(answer_json(answer)))) <= described
    assert set(HEADS) <= described


def lines(answer: Answer, language: str = "nl") -> list[dict[str, str]]:
    """Read the CSV back as a program would."""
    text = answer_csv(answer, language).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_csv_is_by_rfc_4180(answer: Answer) -> None:
    made = answer_csv(answer, "fr")
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.count(b"\n") == made.count(b"\r\n") == len(lines(answer)) + 1
    assert {len(row) for row in csv.reader(StringIO(made.decode("utf-8-sig"), newline=""))} == {len(HEADS)}


def test_csv_holds_every_figure(answer: Answer) -> None:
    rows = lines(answer)
    cells = {(row["from"], row["code"]): int(row["figure"]) for row in rows if row["table"] == "rows"}
    for number, printed in enumerate(printed_months(), start=1):
        figures = [cells[f"2016-{number:02}", code] for code in (*PARTNERS, "total")]
        assert figures == [*printed.partners, printed.total]
    (slip,) = (row for row in rows if row["table"] == "departures")
    assert (slip["code"], slip["printed"], slip["figure"]) == ("CVO-CBE", "5209336", "5290336")
    missing = next(row for row in rows if (row["table"], row["from"], row["code"]) == ("compared", "2014-01", "VDAB"))
    assert (missing["kind"], missing["figure"]) == ("not-connected", "")
    assert "VDAB" in missing["footnotes"]


def test_csv_gives_a_spreadsheet_no_formula() -> None:
    assert _guarded("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert _guarded(-833_645) == -833_645


def test_the_workbook_holds_real_numbers(answer: Answer) -> None:
    book = load_workbook(BytesIO(answer_xlsx(answer, "nl")))
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "B3"
    for number, printed in enumerate(printed_months(), start=3):
        cells = [sheet.cell(number, column) for column in range(2, 8)]
        assert [cell.value for cell in cells] == [*printed.partners, printed.total]
        assert {cell.number_format for cell in cells} == {"#,##0"}
        assert {cell.data_type for cell in cells} == {"n"}
    assert sheet.cell(15, 7).value == 18_498_776
    assert book.properties.title.endswith("2016")


def test_the_workbook_has_a_sheet_for_months_years_discimus_departures_and_notes(answer: Answer) -> None:
    book = load_workbook(BytesIO(answer_xlsx(answer, "en")))
    assert book.sheetnames == ["Months", "Years", "DISCIMUS", "Departures", "Notes"]
    years = {row[0].value: [cell.value for cell in row[1:]] for row in book["Years"].iter_rows(min_row=3)}
    assert years["2016 against 2015"][3:6] == [5_290_336, 1_046_283, 6_069_077]
    assert years["2014"][:3] == ["not connected yet"] * 3
    assert years["2016"][6:] == [pytest.approx(18_498_776 / 253), 253]
    discimus = {row[0].value: row[1].value for row in book["DISCIMUS"].iter_rows(min_row=3)}
    assert discimus["enrolled"] == 6_992
    assert [cell.value for cell in book["Departures"][3]][1:4] == [5_209_336, 5_290_336, 81_000]
    assert any("Technical trouble" in str(row[0].value) for row in book["Notes"].iter_rows())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_can_be_read_back_and_read_aloud(answer: Answer, language: str) -> None:
    made = answer_pdf(answer, language, at=AT)
    reader = PdfReader(BytesIO(made))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert TOTALS[language].replace(NARROW, "") in text.replace(NARROW, "").replace("\u00a0", "")
    root = reader.root_object
    assert str(cast("DictionaryObject", root["/MarkInfo"])["/Marked"]) == "True"
    assert str(root["/Lang"]).startswith(language)
    metadata = cast("StreamObject", root["/Metadata"]).get_data().decode()
    assert re.search(r"pdfuaid:part>1<", metadata), "PDF/UA-1"
    assert re.search(r"pdfaid:part>2<", metadata), "PDF/A-2"
    assert reader.metadata is not None
    assert str(reader.metadata.title).endswith("2016")


def test_the_pdf_holds_every_figure_its_chart_and_its_page_numbers(answer: Answer) -> None:
    reader = PdfReader(BytesIO(answer_pdf(answer, "nl", at=AT)))
    text = " ".join(page.extract_text() for page in reader.pages)
    for printed in (*printed_months(), printed_total()):
        for figure in (*printed.partners, printed.total):
            assert f"{figure:,}".replace(",", ".") in text
    assert "5.290.336" in text
    assert "73.118" in text
    assert f"1 / {len(reader.pages)}" in text
    assert str(reader.pages[0].mediabox.width).startswith("595")


def test_the_same_answer_gives_the_same_document(answer: Answer) -> None:
    assert answer_pdf(answer, "nl", at=AT) == answer_pdf(answer, "nl", at=AT)


def test_the_pdf_says_that_it_is_a_demonstration(demonstration: Answer) -> None:
    reader = PdfReader(BytesIO(answer_pdf(demonstration, "en", at=AT)))
    assert "Demonstration at 1 : 50" in reader.pages[0].extract_text()


def test_a_terminal_gets_figures_in_columns(answer: Answer) -> None:
    table = answer_table(answer, "nl").splitlines()
    january = next(line for line in table if line.startswith("januari 2016"))
    total = next(line for line in table if line.split()[-1:] == ["18.498.776"])
    assert january.split()[-6:] == ["13.850", "211.348", "51.243", "1.078.184", "453.202", "1.807.827"]
    assert january.index("13.850") + len("13.850") == total.index("193.554") + len("193.554")


def test_a_file_is_named_after_what_it_holds(answer: Answer) -> None:
    assert render_answer(answer=answer, form=Form.XLSX, language="nl").filename == "kbi-exchanges-2016.xlsx"
    assert render_answer(answer=answer, form=Form.TABLE, language="nl").filename == "kbi-exchanges-2016.txt"


@pytest.mark.django_db
@pytest.mark.parametrize("form", list(Form))
def test_the_command_writes_every_form(form: Form, tmp_path: Path) -> None:
    keep(published_year())
    output = tmp_path / "answer"
    asked = ["--from", "2016-01", "--to", "2016-12", "--compare", "2015", "2014", "--format", form, "--language", "en"]
    call_command("answer", *asked, "--output", str(output))
    begins = {
        Form.PDF: b"%PDF-1.7",
        Form.XLSX: b"PK",
        Form.JSON: b"{",
        Form.CSV: b"\xef\xbb\xbftable",
        Form.TABLE: b"E",
    }
    assert output.read_bytes().startswith(begins[form])


@pytest.mark.django_db
def test_the_command_prints_a_table_for_people() -> None:
    keep(published_year())
    out = StringIO()
    call_command("answer", "--from", "2016-01", "--to", "2016-12", "--partner", "VDAB", stdout=out)
    assert "879.869" in out.getvalue()
    assert "18.498.776" not in out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--from", "2016-1", "--to", "2016-12"], "2016-01"),
        (["--from", "2016-12", "--to", "2016-01"], "before"),
        (["--from", "2016-01", "--to", "2016-12", "--partner", "NOBODY"], "nothing here"),
        (["--from", "2016-01", "--to", "2016-12", "--output", "/nowhere/at/all"], "No such file"),
    ],
)
def test_the_command_says_what_is_wrong(options: list[str], complaint: str) -> None:
    with pytest.raises(CommandError, match=complaint):
        call_command("answer", *options, "--language", "en")
