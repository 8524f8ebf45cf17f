"""Findings put into words, for people and for programs. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from compliance.reporting.evidence.verifier.words_dutch import DUTCH
from compliance.reporting.evidence.verifier.words_english import ENGLISH
from compliance.reporting.evidence.verifier.words_french import FRENCH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.reporting.evidence.verifier.verdict import Check, Findings

WORDS: Mapping[str, Mapping[str, str]] = {"nl": DUTCH, "en": ENGLISH, "fr": FRENCH}
_NAME_WIDTH = 13


def sentences_of(check: Check, language: str) -> list[str]:
    """Return why a check has its result."""
    words = WORDS[language]
    return [
        words[said.key].format(**{name: _plain(value) for name, value in said.named.items()}) for said in check.said
    ]


def tell(findings: Findings, language: str) -> str:
    """Return the findings as lines for people: the verdict last."""
    words = WORDS[language]
    lines = []
    for check in findings.ordered:
        first, *others = sentences_of(check, language)
        lines.append(f"{check.name:<{_NAME_WIDTH}} {words[f'result-{check.result}']}: {first}")
        lines += [f"{'':<{_NAME_WIDTH}} {other}" for other in others]
    return "\n".join([*lines, "", words[f"verdict-{findings.verdict}"], ""])


def tell_json(findings: Findings, language: str) -> str:
    """Return the findings as JSON for programs."""
    checks = [
        {"name": check.name, "result": check.result, "sentences": sentences_of(check, language)}
        for check in findings.ordered
    ]
    told: dict[str, Any] = {"verdict": findings.verdict, "exit": findings.exit_status}
    return json.dumps({**told, "bundle": findings.about, "checks": checks}, ensure_ascii=False, indent=1) + "\n"


def _plain(value: object) -> str:
    """Keep what a stranger wrote from moving the cursor or colouring the screen."""
    return "".join(character if character.isprintable() else "?" for character in str(value))
