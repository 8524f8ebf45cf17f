"""Put pure modules together into one program that runs with nothing but Python.

A partner reads and runs one file instead of trusting an installation. What is put together is the
source as it stands, comments included: imports of our own modules go, those of the standard library
move to the top. Nothing is renamed, so two modules that use one name for two things are refused.
"""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ROOT = Path(__file__).resolve().parent.parent.parent
_OURS = "compliance"
_OLDEST = (3, 11)
_GUARD = "TYPE_CHECKING"


class CannotAssembleError(ValueError):
    """Modules that do not make one program."""


@dataclass(slots=True)
class _Part:
    """What one module brings: its words and code without imports, what it defines, and what it imports."""

    module: str
    docstring: str
    code: str = ""
    defined: set[str] = field(default_factory=set)
    standard: dict[str, str] = field(default_factory=dict)
    ours: list[tuple[str, str]] = field(default_factory=list)


def assemble(modules: Sequence[str], main: str) -> str:
    """Return the program made of these modules (dotted names, each after those that it imports from).

    It calls the function ``main`` of the last module and exits with what that returns; the last module's
    docstring is the program's. Raises :class:`CannotAssembleError` when a module imports what is neither
    in the standard library nor in a module before it, or when a name would mean two things.
    """
    parts: list[_Part] = []
    for module in modules:
        part = _part(module)
        for origin, name in part.ours:
            if not any(origin == other.module and name in other.defined for other in parts):
                _refuse(f"{module} imports {name} from {origin}, which does not stand before it.")
        parts.append(part)
    if not parts or main not in parts[-1].defined:
        _refuse(f"The last module defines no {main}.")
    imports = _imports(parts)
    chapters = [_chapter(part, is_last=part is parts[-1]) for part in parts]
    foot = f'\n\nif __name__ == "__main__":\n    sys.exit({main}())\n'
    head = f'#!/usr/bin/env python3\n"""{parts[-1].docstring}\n"""\n\nfrom __future__ import annotations\n'
    program = "\n".join([head, *imports, *chapters, foot])
    # As the oldest Python that runs it would read it.
    compile(ast.parse(program, feature_version=_OLDEST), "program", "exec")
    return program


def _imports(parts: Sequence[_Part]) -> list[str]:
    """Return the imports from the standard library, in order, after a look for names that mean two things."""
    statements = {"sys": "import sys"}
    owners: dict[str, str] = {}
    for part in parts:
        for name, statement in part.standard.items():
            if statements.setdefault(name, statement) != statement:
                _refuse(f"{part.module} imports {name}, which another module imports from elsewhere.")
        for name in sorted(part.defined):
            if name in owners:
                _refuse(f"{part.module} defines {name}, which {owners[name]} defines too.")
            owners[name] = part.module
    for name in owners.keys() & statements.keys():
        _refuse(f"{owners[name]} defines {name}, which another module imports.")
    return [*sorted(_plain(statements)), *sorted(_grouped(statements))]


def _plain(statements: dict[str, str]) -> set[str]:
    return {statement for statement in statements.values() if statement.startswith("import ")}


def _grouped(statements: dict[str, str]) -> Iterator[str]:
    """Yield one statement for each module from which names are imported."""
    names: dict[str, set[str]] = {}
    for statement in statements.values():
        origin, imported, name = statement.partition(" import ")
        if imported:
            names.setdefault(origin, set()).add(name)
    for origin, wanted in names.items():
        yield f"{origin} import {', '.join(sorted(wanted))}"


def _part(module: str) -> _Part:
    source = _ROOT.joinpath(*module.split(".")).with_suffix(".py").read_text(encoding="utf-8")
    tree = ast.parse(source)
    part = _Part(module, ast.get_docstring(tree) or "")
    body = tree.body[1:] if part.docstring else tree.body
    lines = source.split("\n")
    kept = [True] * len(lines)
    for dropped in (statement for statement in tree.body if statement not in body):
        _drop(dropped, kept)
    for statement in body:
        match statement:
            case ast.Import() | ast.ImportFrom():
                _take_import(statement, part)
                _drop(statement, kept)
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=typing_only, orelse=[]):
                for imported in typing_only:
                    _take_import(imported, part)
                _drop(statement, kept)
            case _:
                _check_code(statement, part)
                part.defined |= set(_names_of(statement))
    part.code = "\n".join(line for line, is_kept in zip(lines, kept, strict=True) if is_kept).strip("\n")
    return part


def _drop(statement: ast.stmt, kept: list[bool]) -> None:
    for number in range(statement.lineno, (statement.end_lineno or statement.lineno) + 1):
        kept[number - 1] = False


def _check_code(statement: ast.stmt, part: _Part) -> None:
    """Refuse imports and typing's switch where moving imports to the top would miss them."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Import | ast.ImportFrom):
            _refuse(f"{part.module} imports within its code, at line {node.lineno}.")
        if isinstance(node, ast.Name) and node.id == _GUARD:
            _refuse(f"{part.module} looks at {_GUARD} within its code, at line {node.lineno}.")


def _take_import(statement: ast.stmt, part: _Part) -> None:
    match statement:
        case ast.Import(names=names):
            for alias in names:
                _check_standard(alias.name, part)
                bound = alias.asname or alias.name.partition(".")[0]
                part.standard[bound] = ast.unparse(ast.Import(names=[alias]))
        case ast.ImportFrom(module=str(origin), names=names, level=0):
            for alias in names:
                if origin.partition(".")[0] == _OURS:
                    _check_unchanged(alias, part)
                    part.ours.append((origin, alias.name))
                elif origin != "__future__" and alias.name != _GUARD:
                    _check_standard(origin, part)
                    part.standard[alias.asname or alias.name] = f"from {origin} import {ast.unparse(alias)}"
        case _:
            _refuse(f"{part.module} imports, at line {statement.lineno}, in a way that is not known here.")


def _check_standard(imported: str, part: _Part) -> None:
    if imported.partition(".")[0] not in sys.stdlib_module_names:
        _refuse(f"{part.module} imports {imported}, which is not in the standard library.")


def _check_unchanged(alias: ast.alias, part: _Part) -> None:
    if alias.asname or alias.name == "*":
        _refuse(f"{part.module} imports {ast.unparse(alias)}: import names one by one, as they are.")


def _names_of(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement of a module defines for the whole module."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case _:
            for node in ast.walk(statement):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    yield node.id


def _chapter(part: _Part, *, is_last: bool) -> str:
    """Return a module's code under a comment that says which it is and what it is for."""
    said = [] if is_last else part.docstring.split("\n")
    comment = "\n".join(f"# {line}".rstrip() for line in (f"{part.module}:", *said))
    return f"\n\n{comment}\n\n{part.code}"


def _refuse(message: str) -> NoReturn:
    raise CannotAssembleError(message)
