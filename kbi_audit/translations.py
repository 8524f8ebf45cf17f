"""Translations without system tools: extract with Django's and Babel's own readers, compare, compile."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterator

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
LANGUAGES = ("nl", "fr")
"""Those that are translated; the texts in the code are English."""


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
            # Read as Python, where the indentation of a tag would mean something.
            source = "\n".join(line.strip() for line in templatize(source, origin=str(file)).splitlines())
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
    for language, file in _files_of(locale):
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
    for language, file in _files_of(locale):
        catalog = _read(file, language)
        catalog.update(texts, no_fuzzy_matching=True)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as output:
            write_po(output, catalog, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)


def compile_all(locale: Path) -> list[Path]:
    """Compile each language whose compiled form is older than its file; return those compiled."""
    compiled = []
    for language, file in _files_of(locale):
        target = file.with_suffix(".mo")
        if not file.exists() or (target.exists() and target.stat().st_mtime >= file.stat().st_mtime):
            continue
        with NamedTemporaryFile(dir=target.parent, delete=False) as draft:
            write_mo(draft, _read(file, language))
        Path(draft.name).chmod(0o644)
        Path(draft.name).replace(target)  # whoever reads meanwhile has the old one, whole
        compiled.append(target)
    return compiled


def _files(project: Path) -> Iterator[Path]:
    for pattern in (*CODE, *TEMPLATES):
        yield from sorted(project.glob(pattern))


def _files_of(locale: Path) -> Iterator[tuple[str, Path]]:
    for language in LANGUAGES:
        yield language, locale / language / "LC_MESSAGES" / "django.po"


def _read(file: Path, language: str) -> Catalog:
    if not file.exists():
        return Catalog(locale=language, domain="django", fuzzy=False)
    with file.open("rb") as source:
        return read_po(source, locale=language, domain="django", abort_invalid=True)


def _strings(string: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)
