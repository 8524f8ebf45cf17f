"""Load rows into the register: new ones are made, what the loader made before is brought up to date.

What a person changed since is theirs: it is reported, and stays.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from compliance.kernel.actor import system
from compliance.registry.accountability import signature
from compliance.registry.change import change
from compliance.registry.fixture_rows import FIGURES, KINDS, ORGANISATIONS, Kind, Row, figures, ocmws, rows
from compliance.registry.models import RegisterChange
from compliance.registry.state import State, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.registry.recorded import Recorded

LOADER = system("load_register")
REASON = "The KBI's own world, as delivered with the service."


@dataclass
class Loaded:
    """How many rows were made, changed or left as they were, and which a person has changed."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def load_register() -> Loaded:
    """Load the fixture. A second time nothing changes and no version is appended. One transaction."""
    loaded = Loaded()
    load_rows(kind=ORGANISATIONS, wanted=ocmws(), loaded=loaded)
    for kind in KINDS:
        load_rows(kind=kind, wanted=rows(kind), loaded=loaded)
    load_rows(kind=FIGURES, wanted=figures(), loaded=loaded)
    return loaded


@transaction.atomic
def load_rows(*, kind: Kind, wanted: Iterable[Row], loaded: Loaded) -> None:
    """Load rows of one kind, and count in ``loaded`` what became of them. One transaction."""
    found = {_key(kind, state_of(row)): row for row in _rows(kind)}
    theirs = changed_by_people(kind=str(kind.model._meta.model_name))
    resolve = _Resolver(kind.model)
    for row in wanted:
        state: State = json.loads(json.dumps(row, cls=DjangoJSONEncoder))
        instance = found.get(_key(kind, state))
        if instance is not None and not _differs(instance, state):
            loaded.unchanged += 1
        elif instance is not None and instance.recorded_code in theirs:
            loaded.kept.append(f"{instance.recorded_kind} {instance.recorded_code}")
        else:
            loaded.changed += instance is not None
            loaded.created += instance is None
            instance = instance or kind.model()
            many = resolve.assign(instance, row)
            change(instance=instance, actor=LOADER, reason=REASON, many=many)


def changed_by_people(*, kind: str) -> set[str]:
    """Return the codes of a kind whose last change was not the loader's. One query."""
    last = RegisterChange.objects.filter(kind=kind).order_by("code", "-version").distinct("code")
    return {code for code, by in last.values_list("code", "changed_by") if by != signature(LOADER)}


class _Resolver:
    """Finds related rows by their codes."""

    def __init__(self, model: type[Recorded]) -> None:
        """Read the related tables once."""
        relations = [*model._meta.many_to_many, *(field for field in model._meta.concrete_fields if field.is_relation)]
        self._many = {relation.name for relation in model._meta.many_to_many}
        self._rows = {relation.name: _by_code(cast("type[Recorded]", relation.related_model)) for relation in relations}

    def assign(self, instance: Recorded, row: Row) -> dict[str, list[Recorded]]:
        """Give an instance the row's values; return its many-to-many relations, which need a key first."""
        many = {}
        for name, value in row.items():
            if name in self._many:
                many[name] = [self._rows[name][code] for code in cast("list[str]", value)]
            elif name in self._rows and value is not None:
                setattr(instance, name, self._rows[name][cast("str", value)])
            else:
                setattr(instance, name, value)
        return many


def _by_code(model: type[Recorded]) -> dict[str, Recorded]:
    return {row.recorded_code: row for row in model._default_manager.all()}


def _rows(kind: Kind) -> Iterable[Recorded]:
    meta = kind.model._meta
    one = [field.name for field in meta.concrete_fields if field.is_relation]
    many = [relation.name for relation in meta.many_to_many]
    found = kind.model._default_manager.prefetch_related(*many)
    return found.select_related(*one) if one else found


def _key(kind: Kind, state: State) -> tuple[object, ...]:
    return tuple(state.get(name) for name in kind.key)


def _differs(instance: Recorded, wanted: State) -> bool:
    standing = state_of(instance)
    return any(
        standing[name] != (sorted(value) if isinstance(value, list) else value) for name, value in wanted.items()
    )
