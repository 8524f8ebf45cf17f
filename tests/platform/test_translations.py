"""Every visible text stands in Dutch, English and French."""

from __future__ import annotations

import gettext
from typing import TYPE_CHECKING

import pytest

from kbi_audit.embedded.home import PROJECT
from kbi_audit.translations import LANGUAGES, compile_all, texts_of, untranslated, update

if TYPE_CHECKING:
    from pathlib import Path

CODE = """
from django.utils.translation import gettext as _, ngettext_lazy, pgettext

_("One exchange")
ngettext_lazy("%(count)s exchange", "%(count)s exchanges", 2)
pgettext("month", "May")
"""
TEMPLATE = """{% load i18n %}
    <p>{% translate "Sign in" %}</p>
      <p title="{% translate "At the desk" %}"
         lang="en"></p>
   <p>{% translate "Sign out" %}</p>
{% blocktranslate with name=person.name trimmed %}
    Good day, {{ name }}.
{% endblocktranslate %}
"""
TEXTS = {"One exchange", "%(count)s exchange", "May", "Sign in", "At the desk", "Sign out", "Good day, %(name)s."}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project with seven texts and no translations."""
    (tmp_path / "compliance").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "compliance" / "words.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


def test_every_text_of_this_project_is_translated() -> None:
    assert untranslated(PROJECT, PROJECT / "compliance" / "locale") == []


def test_texts_are_found_in_code_and_in_templates(project: Path) -> None:
    ids = {message.id if isinstance(message.id, str) else message.id[0] for message in texts_of(project)}
    assert ids - {""} == TEXTS


def test_a_text_without_translation_is_told_with_language_and_place(project: Path) -> None:
    lacking = untranslated(project, project / "locale")
    assert {(text.language, text.text) for text in lacking} == {(lang, text) for lang in LANGUAGES for text in TEXTS}
    assert "fr: 'Sign in' (templates/page.html)" in map(str, lacking)


def test_what_is_translated_is_compiled_and_read_back(project: Path) -> None:
    locale = project / "locale"
    update(project, locale)
    file = locale / "nl" / "LC_MESSAGES" / "django.po"
    translated = file.read_text(encoding="utf-8").replace(
        'msgid "Sign in"\nmsgstr ""', 'msgid "Sign in"\nmsgstr "Meld aan"'
    )
    file.write_text(translated, encoding="utf-8")
    assert ("nl", "Sign in") not in {(text.language, text.text) for text in untranslated(project, locale)}
    compile_all(locale)
    assert gettext.translation("django", locale, ["nl"]).gettext("Sign in") == "Meld aan"


def test_one_plural_form_too_few_is_told(project: Path) -> None:
    locale = project / "locale"
    update(project, locale)
    file = locale / "nl" / "LC_MESSAGES" / "django.po"
    file.write_text(
        file.read_text(encoding="utf-8").replace('msgstr[0] ""', 'msgstr[0] "%(count)s keer"'), encoding="utf-8"
    )
    assert ("nl", "%(count)s exchange") in {(text.language, text.text) for text in untranslated(project, locale)}
