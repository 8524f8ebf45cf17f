"""The notification of a data breach as PDF: A4, tagged, made by typst from ``typst/notification.typ``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from compliance.reporting.breaches.present_notification import present_notification

if TYPE_CHECKING:
    from typst import PDFStandard

    from compliance.cases.breaches.models import BreachDraft

_TEMPLATE = Path(__file__).parent.parent / "typst" / "notification.typ"
_STANDARDS: list[PDFStandard] = ["ua-1", "a-2a"]


def notification_pdf(draft: BreachDraft) -> bytes:
    """Return one kept version in the reader's language, dated as it was written."""
    return typst.compile(
        _TEMPLATE,
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=_STANDARDS,
        sys_inputs={"notification": json.dumps(present_notification(draft))},
        timestamp=draft.at.replace(microsecond=0),
    )
