"""docs/settings.md: the table of all settings, made from their declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbi_audit.environment import Environment
from kbi_audit.variables import settings_of

if TYPE_CHECKING:
    from kbi_audit.variables import Setting

INTRODUCTION = """# Settings

Every setting is an environment variable. This page is made from `kbi_audit/environment.py` by
`./manage.py write_settings_page`; a test fails when it is out of date.

A variable that is missing or malformed stops start-up; the message names every such variable with its remedy, and
never shows a value. A secret (marked 🔑) may lie in a file instead, which `NAME_FILE` names, as Docker's and systemd's
secrets do.

On a fresh machine `make demo` makes up what is required and keeps it in `.kbi/machine.json`. `DATABASE_URL` and
`REDIS_URL`, when set, point at servers of your own, and the embedded ones do not start.

## Required

"""
HEADING = "| variable | what it is | expected | {last} |\n| --- | --- | --- | --- |\n"


def settings_page() -> str:
    """Return the page."""
    required = [setting for setting in settings_of(Environment) if setting.required]
    optional = [setting for setting in settings_of(Environment) if not setting.required]
    page = INTRODUCTION + HEADING.format(last="example or remedy")
    page += "".join(_row(setting, _hint(setting)) for setting in required)
    page += "\n## Optional\n\n" + HEADING.format(last="default")
    return page + "".join(_row(setting, _default(setting)) for setting in optional)


def _row(setting: Setting, last: str) -> str:
    mark = " 🔑" if setting.about.secret else ""
    cells = [f"`{setting.name}`{mark}", setting.about.help, setting.expected, last]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _hint(setting: Setting) -> str:
    return setting.about.remedy or f"`{setting.about.example}`"


def _default(setting: Setting) -> str:
    match setting.default:
        case None:
            return "not set"
        case "":
            return "empty"
        case tuple(words):
            return ", ".join(f"`{word}`" for word in words) or "none"
        case bool(truth):
            return f"`{str(truth).lower()}`"
        case value:
            return f"`{value}`"
