"""The answer as a file, in the form that is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from compliance.kernel.clock import now
from compliance.reporting.answer_csv import answer_csv
from compliance.reporting.answer_json import answer_json
from compliance.reporting.answer_pdf import answer_pdf
from compliance.reporting.answer_table import answer_table
from compliance.reporting.answer_xlsx import answer_xlsx

if TYPE_CHECKING:
    from compliance.reporting.answer_shape import Answer


class Form(StrEnum):
    """In which form."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"
    TABLE = "table"


CONTENT_TYPES = {
    Form.JSON: "application/json",
    Form.CSV: "text/csv; charset=utf-8; header=present",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.PDF: "application/pdf",
    Form.TABLE: "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A file: its bytes, its media type, and a name for it."""

    content: bytes
    content_type: str
    filename: str


def render_answer(*, answer: Answer, form: Form, language: str) -> Rendered:
    """Return the answer as a file; words in a language, where the form has words."""
    suffix = "txt" if form is Form.TABLE else form.value
    period = str(answer.period).replace("/", "_")
    partner = f"-{answer.scope.lower()}" if answer.scope else ""
    name = f"kbi-exchanges{partner}-{period}.{suffix}"
    return Rendered(_content(answer, form, language), CONTENT_TYPES[form], name)


def _content(answer: Answer, form: Form, language: str) -> bytes:
    match form:
        case Form.JSON:
            return answer_json(answer)
        case Form.CSV:
            return answer_csv(answer, language)
        case Form.XLSX:
            return answer_xlsx(answer, language)
        case Form.PDF:
            return answer_pdf(answer, language, at=now())
        case Form.TABLE:
            return answer_table(answer, language).encode()
        case _:
            assert_never(form)
