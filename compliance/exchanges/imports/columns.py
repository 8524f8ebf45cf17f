"""The columns of tables: a report's fields by dotted names, and how text becomes their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.inspect import StructType, VarTupleType, type_info

from compliance.exchanges.imports.stopped import ImportStoppedError
from compliance.exchanges.submission import Submission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_SEPARATOR, _PART = "|", ":"
_ONCE, _TWICE = 1, 2

Table = dict[str, Any]


def split_list(text: str) -> object:
    """Split a list: elements separated by ``|``."""
    return text.split(_SEPARATOR)


def split_subjects(text: str) -> object:
    """Split persons: ``kind:value`` or ``kind:value:role``, separated by ``|``; a value with colons needs its role."""
    return [_subject(part) for part in text.split(_SEPARATOR)]


def _subject(part: str) -> Table:
    if part.count(_PART) < _TWICE:
        kind, _, value = part.partition(_PART)
        return {"kind": kind, "value": value}
    kind, _, rest = part.partition(_PART)
    value, _, role = rest.rpartition(_PART)
    return {"kind": kind, "value": value, "role": role}


class Column(msgspec.Struct, frozen=True):
    """A column: the path to its field, how its text becomes a value (``None``: as it is), whether it is required."""

    path: tuple[str, ...]
    read: Callable[[str], object] | None
    required: bool


def _columns(struct: StructType, above: tuple[str, ...] = (), *, needed: bool = True) -> Iterator[Column]:
    for field in struct.fields:
        path, required = (*above, field.name), needed and field.required
        kinds = getattr(field.type, "types", (field.type,))
        match next((kind for kind in kinds if isinstance(kind, (StructType, VarTupleType))), None):
            case StructType() as part:
                yield from _columns(part, path, needed=required)
            case VarTupleType(item_type=StructType()):
                yield Column(path, split_subjects, required)
            case VarTupleType():
                yield Column(path, split_list, required)
            case _:
                yield Column(path, None, required)


COLUMNS = {".".join(column.path): column for column in _columns(type_info(Submission))}  # type: ignore[arg-type]


def check_columns(names: Sequence[str]) -> None:
    """Refuse a table that has unknown or double columns, or lacks one that every report needs, by their names."""
    unknown = sorted({name for name in names if name not in COLUMNS})
    double = sorted({name for name in names if names.count(name) > _ONCE})
    missing = [name for name, column in COLUMNS.items() if column.required and name not in names]
    told = (
        ("unknown columns", unknown),
        ("columns that stand twice", double),
        ("no column for what every report needs", missing),
    )
    wrong = "; ".join(f"{what}: {', '.join(which)}" for what, which in told if which)
    if wrong:
        raise ImportStoppedError(detail=f"The table has {wrong}. docs/import.md names the columns.")


class Rows:
    """Makes reports' fields of rows under these names."""

    def __init__(self, names: Iterable[str]) -> None:
        """Look the columns up once for all rows."""
        columns = [COLUMNS[name] for name in names]
        self._plan = [(column.path[:-1], column.path[-1], column.read) for column in columns]

    def nested(self, values: Iterable[object]) -> Table:
        """Return one report's fields; what is absent (``None`` or no text) is left out."""
        report: Table = {}
        for (above, name, read), value in zip(self._plan, values, strict=True):
            if value is None or value == "":
                continue
            place = report
            for part in above:
                found = place.get(part)
                if found is None:
                    found = place[part] = {}
                place = found
            place[name] = read(value) if read is not None and isinstance(value, str) else value
        return report
