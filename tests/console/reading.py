"""Reading a page as a person does."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpResponse

_HEAD = re.compile(r"<head>.*?</head>|<svg.*?</svg>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def words_of(response: HttpResponse) -> str:
    """Return the words of a page, without markup, each space once."""
    html = _HEAD.sub(" ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(_TAG.sub(" ", html))).replace(" .", ".").replace(" ,", ",")


def addresses_in(response: HttpResponse) -> list[str]:
    """Return where the links of a page lead, in their order."""
    return [unescape(address) for address in re.findall(r'href="([^"]+)"', response.content.decode())]
