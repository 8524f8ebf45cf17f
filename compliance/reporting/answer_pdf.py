"""The answer as PDF: A4, tagged, made by typst from ``typst/answer.typ``.

It claims PDF/UA-1 (accessible) and PDF/A-2a (to be archived); typst refuses to make what breaks either. Only fonts
that come with typst are used, so that the same answer gives the same document on every machine.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from compliance.reporting.chart import PAPER
from compliance.reporting.present_answer import present_answer

if TYPE_CHECKING:
    from datetime import datetime

    from typst import PDFStandard

    from compliance.reporting.answer_shape import Answer

_TEMPLATE = Path(__file__).parent / "typst" / "answer.typ"
_STANDARDS: list[PDFStandard] = ["ua-1", "a-2a"]


def answer_pdf(answer: Answer, language: str, *, at: datetime) -> bytes:
    """Return the document, dated ``at``."""
    words = present_answer(answer=answer, language=language, palette=PAPER)
    return typst.compile(
        _TEMPLATE,
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=_STANDARDS,
        sys_inputs={"answer": json.dumps(asdict(words))},
        timestamp=at.replace(microsecond=0),
    )
