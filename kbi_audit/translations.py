"""Translations without system tools: extract with Django's and Babel's own readers, compare, compile."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CODE = ("compliance/**/*.py", "kbi_audit/**/*.py")
TEMPLATES = ("templates/**/*.html", "templates/**/*.txt", "compliance/**/templates/**/*.html")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
ORIGINAL = "en"


@dataclass(frozen=True, order=True)
class Untranslated:
    """A text that one language lacks."""

    language: str
    text: str
    where: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.language}: {self.text!r} ({self.where})"


def texts_of(project: Path) -> Catalog:
    """Return every translatable text of code and templates, with where it stands."""
    catalog = Catalog(fuzzy=False)
    for file in _files(project):
        source = file.read_text(encoding="utf-8")
        if file.suffix != ".py":
            source = templatize(source, origin=str(file))
        place = str(file.relative_to(project))
        found = extract("python", BytesIO(source.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"})
        for line, text, _comments, context in found:
            flags = ("python-format",) if "%(" in str(text) else ()
            catalog.add(text, locations=[(place, line)], context=context, flags=flags)
    return catalog


def untranslated(project: Path, locale: Path) -> list[Untranslated]:
    """Return every text that a language lacks or has only as a guess."""
    texts = texts_of(project)
    lacking = []
    for language, file in _catalogs(locale):
        translated = _read(file, language)
        for message in texts:
            if not message.id:
                continue
            known = translated.get(message.id, context=message.context)
            if known is None or known.fuzzy or not known.string or not all(_strings(known.string)):
                text = message.id if isinstance(message.id, str) else message.id[0]
                lacking.append(Untranslated(language, text, message.locations[0][0]))
    return sorted(lacking)


def update(project: Path, locale: Path) -> None:
    """Add new texts to each language's file, untranslated, and leave out what is used no more."""
    texts = texts_of(project)
    for language, file in _catalogs(locale):
        catalog = _read(file, language)
        catalog.update(texts, no_fuzzy_matching=True)
        with file.open("wb") as output:
            write_po(output, catalog, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)


def compile_all(locale: Path) -> list[Path]:
    """Compile each language whose compiled form is older than its file; return those compiled."""
    compiled = []
    for language, file in _catalogs(locale):
        target = file.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= file.stat().st_mtime:
            continue
        draft = target.with_suffix(f".{id(target)}.draft")
        with draft.open("wb") as output:
            write_mo(output, _read(file, language))
        draft.replace(target)  # whoever reads meanwhile has the old one, whole
        compiled.append(target)
    return compiled


def _files(project: Path) -> Iterator[Path]:
    for pattern in (*CODE, *TEMPLATES):
        yield from sorted(project.glob(pattern))


def _catalogs(locale: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted(locale.glob("*/LC_MESSAGES/django.po")):
        yield file.parent.parent.name, file


def _read(file: Path, language: str) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=language, domain="django", abort_invalid=True)


def _strings(string: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)
