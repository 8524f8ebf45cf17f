"""The forms in which the figures can be taken along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from compliance.reporting.render_answer import Form

if TYPE_CHECKING:
    from compliance.console.door import Door

FORMS = (Form.PDF, Form.XLSX, Form.CSV, Form.JSON)


@dataclass(frozen=True, slots=True)
class Download:
    """One file."""

    words: str
    address: str


def present_downloads(*, door: Door, query: list[tuple[str, str]]) -> tuple[Download, ...]:
    """Return a link for each form, with the question of the page."""
    return tuple(
        Download(form.value.upper(), f"{door.address('statistics-file', form.value)}?{urlencode(query)}")
        for form in FORMS
    )
