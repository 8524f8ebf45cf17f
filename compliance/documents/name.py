"""The name of a document: safe to show, to save under, and about nobody."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from compliance.documents.refused import refused
from compliance.kernel.identifiers import holds_insz

LONGEST = 200
_FORBIDDEN = re.compile(r'[<>:"|?*/\\]+')


def clean_name(given: str) -> str:
    """Return a name without folders, marks that hide what follows, or what a disk refuses; its ending stays.

    Raises :class:`DocumentRefusedError` for a name that holds a national number: names stand in lists.
    """
    last = given.replace("\\", "/").rpartition("/")[2]
    normal = unicodedata.normalize("NFC", last)
    shown = "".join(sign for sign in normal if unicodedata.category(sign)[0] != "C")
    words = " ".join(_FORBIDDEN.sub(" ", shown).split()).lstrip(". ")
    if holds_insz(words):
        raise refused(_("The name of the document holds a national number. Give it another name."), "national-number")
    suffix = PurePosixPath(words).suffix[:10]
    return words if len(words) <= LONGEST else words[: LONGEST - len(suffix)] + suffix
