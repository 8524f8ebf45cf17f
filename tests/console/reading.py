"""Reading a page as a person does."""

from __future__ import annotations

import re
from html import unescape
from typing import Protocol

_HEAD = re.compile(r"<head>.*?</head>|<svg.*?</svg>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")

_TABLE = re.compile(r"(?:ledger|compliance|exchanges|oversight|django)_\w+")


class Page(Protocol):
    """Whatever has content."""

    @property
    def content(self) -> bytes:
        """The bytes."""


def words_of(page: Page) -> str:
    """Return the words of a page, without markup, each space once."""
    html = _HEAD.sub(" ", page.content.decode())
    return re.sub(r"\s+", " ", unescape(_TAG.sub(" ", html))).replace(" .", ".").replace(" ,", ",")


def addresses_in(page: Page) -> list[str]:
    """Return where the links of a page lead, in their order."""
    return [unescape(address) for address in re.findall(r'href="([^"]+)"', page.content.decode())]


def table_of(sql: str) -> str:
    """Return the first table that a query names, or the query when it names none."""
    found = _TABLE.search(sql)
    return found.group() if found else sql


def fields_in(page: Page, slug: str = "") -> dict[str, str]:
    """Return the hidden fields of a page's forms, or of the one that is sent to this act."""
    forms = re.findall(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', page.content.decode(), re.DOTALL)
    asked = [form for action, form in forms if not slug or action.endswith(f"/{slug}/")]
    hidden = [field for form in asked for field in re.findall(r'<input type="hidden" [^>]*>', form)]
    found = [(re.search(r'name="([^"]*)"', field), re.search(r'value="([^"]*)"', field)) for field in hidden]
    return {name[1]: unescape(value[1]) for name, value in found if name and value}
