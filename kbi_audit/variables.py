"""Read a dataclass of typed settings from the environment, and say everything that is wrong at once."""

from __future__ import annotations

import dataclasses
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kbi_audit.kinds import MalformedError, expected, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Declaration = TypeVar("Declaration")


@dataclass(frozen=True, kw_only=True)
class Variable:
    """What a setting's reader needs to know beside its name, type and default."""

    help: str
    example: str = ""
    secret: bool = False
    shortest: int = 0
    least: int | None = None
    remedy: str = ""
    """How to make a good value; a secret may also lie in the file that NAME_FILE names."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One field of the declaration, as its environment variable."""

    name: str
    field: str
    kind: object
    default: object
    about: Variable

    @property
    def required(self) -> bool:
        """Whether start-up stops without it."""
        return self.default is dataclasses.MISSING

    @property
    def expected(self) -> str:
        """What a value looks like, in words."""
        if self.about.shortest:
            return f"{expected(self.kind)} of at least {self.about.shortest} characters"
        if self.about.least is not None:
            return f"{expected(self.kind)} of at least {self.about.least}"
        return expected(self.kind)


class EnvironmentProblemsError(Exception):
    """Start-up stops: every variable that is missing or malformed, each with its remedy."""

    def __init__(self, problems: list[str]) -> None:
        """Keep the problems, one sentence each, in the order of the declaration."""
        self.problems = problems
        listed = "\n".join(f"  - {problem}" for problem in problems)
        super().__init__(
            f"KBI Audit cannot start, its environment needs attention:\n{listed}\n"
            "docs/settings.md describes every setting."
        )


def settings_of(declaration: type) -> Iterator[Setting]:
    """Each setting of the declaration, in its order."""
    hints = typing.get_type_hints(declaration, include_extras=True)
    for field in dataclasses.fields(declaration):
        kind, about = typing.get_args(hints[field.name])
        yield Setting(name=field.name.upper(), field=field.name, kind=kind, default=field.default, about=about)


def read(declaration: type[Declaration], environ: Mapping[str, str]) -> Declaration:
    """Return the declaration filled from `environ`, or raise with all its problems; never shows a value."""
    values: dict[str, object] = {}
    problems: list[str] = []
    for setting in settings_of(declaration):
        try:
            written = _written(setting, environ)
            if written is not None:
                values[setting.field] = _checked(setting, written)
            elif setting.required:
                problems.append(_problem(setting, "is missing"))
        except MalformedError as error:
            problems.append(_problem(setting, str(error)))
    if problems:
        raise EnvironmentProblemsError(problems)
    return declaration(**values)


def _written(setting: Setting, environ: Mapping[str, str]) -> str | None:
    written = environ.get(setting.name, "").strip()
    if written or not setting.about.secret:
        return written or None
    path = environ.get(f"{setting.name}_FILE", "").strip()
    if not path:
        return None
    try:
        return Path(path).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot be read from the file that {setting.name}_FILE names ({type(error).__name__})"
        raise MalformedError(message) from error


def _checked(setting: Setting, written: str) -> object:
    value = parse(setting.kind, written)
    if len(written) < setting.about.shortest:
        message = "is too short"
        raise MalformedError(message)
    if setting.about.least is not None and isinstance(value, int) and value < setting.about.least:
        message = "is too small"
        raise MalformedError(message)
    return value


def _problem(setting: Setting, wrong: str) -> str:
    remedy = setting.about.remedy or (
        f"Set it, for example {setting.name}={setting.about.example}" if setting.about.example else "Set it"
    )
    return f"{setting.name} {wrong}: expected {setting.expected}. {setting.about.help} {remedy}."
