"""One file is made of pure modules that runs where nothing is installed; what would not run there is refused."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from compliance.ledger import standalone
from compliance.ledger.standalone import CannotAssembleError, assemble

if TYPE_CHECKING:
    from pathlib import Path

FIRST = '''"""Numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

# A comment that explains.
LIMIT = 3


def total(numbers: Iterable[int]) -> Any:
    """Add them."""
    return sum(numbers)
'''
LAST = '''"""Say what the numbers come to."""

from __future__ import annotations

import json as words

from compliance.first import LIMIT, total


def main() -> int:
    """Say it."""
    print(words.dumps({"total": total(range(LIMIT))}))
    return 7
'''


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder in which modules are looked for."""
    monkeypatch.setattr(standalone, "_ROOT", tmp_path)
    folder = tmp_path / "compliance"
    folder.mkdir()
    folder.joinpath("first.py").write_text(FIRST)
    folder.joinpath("last.py").write_text(LAST)
    return folder


def test_the_program_runs_alone_and_keeps_words_and_comments(tree: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(assemble(["compliance.first", "compliance.last"], "main"))
    ran = subprocess.run([sys.executable, "-I", "-W", "error", program], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr, ran.returncode) == ('{"total": 3}\n', "", 7)
    text = program.read_text()
    assert text.startswith('#!/usr/bin/env python3\n"""Say what the numbers come to.')
    assert "# A comment that explains." in text
    assert "# Numbers." in text
    assert "compliance.first import" not in text


@pytest.mark.parametrize(
    ("added", "complaint"),
    [
        ("import requests\n", "not in the standard library"),
        ("from django.conf import settings\n", "not in the standard library"),
        ("from compliance.first import LIMIT as most\n", "as they are"),
        ("from compliance.first import *\n", "as they are"),
        ("from compliance import first\n", "does not stand before it"),
        ("from compliance.other import something\n", "does not stand before it"),
        ("from compliance.first import absent\n", "does not stand before it"),
        ("from .first import LIMIT\n", "not known here"),
        ("LIMIT = 4\n", "defines LIMIT"),
        ("from string import digits as Any\n", "from elsewhere"),
        ("def sum() -> None:\n    import os\n", "within its code"),
        ("Any = 4\n", "defines Any"),
        ("SEEN = TYPE_CHECKING\n", "within its code"),
    ],
)
def test_what_would_not_run_alone_is_refused(tree: Path, added: str, complaint: str) -> None:
    last = tree / "last.py"
    last.write_text(LAST + added)
    with pytest.raises(CannotAssembleError, match=complaint):
        assemble(["compliance.first", "compliance.last"], "main")


def test_a_program_needs_its_beginning(tree: Path) -> None:
    with pytest.raises(CannotAssembleError, match="defines no begin"):
        assemble(["compliance.first", "compliance.last"], "begin")
    with pytest.raises(CannotAssembleError, match="does not stand before it"):
        assemble(["compliance.last", "compliance.first"], "total")


def test_names_that_two_modules_import_from_one_place_are_one() -> None:
    modules = ["compliance.ledger.ed25519", "compliance.ledger.notes", "compliance.ledger.checkpoint"]
    program = assemble([*modules, "compliance.ledger.policy"], "parse_policy")
    assert program.count("from dataclasses import dataclass, field\n") == 1
