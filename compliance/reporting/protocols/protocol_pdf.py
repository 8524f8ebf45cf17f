"""A protocol as PDF: A4, tagged, made by typst from ``typst/protocol.typ``.

It claims PDF/UA-1 (accessible) and PDF/A-2a (to be archived). The same document gives the same bytes, on any day.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from compliance.reporting.protocols.present_document import present_document

if TYPE_CHECKING:
    from typst import PDFStandard

    from compliance.reporting.protocols.document import ProtocolDocument

_TEMPLATE = Path(__file__).parent.parent / "typst" / "protocol.typ"
_STANDARDS: list[PDFStandard] = ["ua-1", "a-2a"]


def protocol_pdf(document: ProtocolDocument) -> bytes:
    """Return the document, dated as its text was last signed or published."""
    return typst.compile(
        _TEMPLATE,
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=_STANDARDS,
        sys_inputs={"protocol": json.dumps(present_document(document))},
        timestamp=document.at.replace(microsecond=0),
    )
