"""The review of access as PDF: A4, tagged, made by typst from ``typst/review.typ``.

It claims PDF/UA-1 (accessible) and PDF/A-2a (to be archived).
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typst

if TYPE_CHECKING:
    from datetime import datetime

    from typst import PDFStandard

    from compliance.reporting.review.present_review import PresentedReview

_TEMPLATE = Path(__file__).parent.parent / "typst" / "review.typ"
_STANDARDS: list[PDFStandard] = ["ua-1", "a-2a"]


def review_pdf(review: PresentedReview, *, at: datetime) -> bytes:
    """Return the document, dated ``at``."""
    return typst.compile(
        _TEMPLATE,
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=_STANDARDS,
        sys_inputs={"review": json.dumps(asdict(review))},
        timestamp=at.replace(microsecond=0),
    )
