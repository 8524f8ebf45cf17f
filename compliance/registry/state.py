"""What a row says, as JSON: related rows by their codes, secrets by a fingerprint only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from compliance.registry.recorded import Recorded

if TYPE_CHECKING:
    from collections.abc import Iterable

State = dict[str, object]
FINGERPRINT_BYTES = 6


def state_of(instance: Recorded) -> State:
    """Return all that a row says, many-to-many relations included, as it reads back from the database."""
    meta = instance._meta
    state = {
        field.name: _value(instance, field)
        for field in meta.concrete_fields
        if not field.primary_key and field.name not in instance.unrecorded
    }
    for relation in meta.many_to_many:
        if relation.name not in instance.unrecorded:
            related = cast("Iterable[Recorded]", getattr(instance, relation.name).all())
            state[relation.name] = sorted(row.recorded_code for row in related)
    return cast("State", json.loads(json.dumps(state, cls=DjangoJSONEncoder)))


def _value(instance: Recorded, field: models.Field[object, object]) -> object:
    value = getattr(instance, field.name)
    if isinstance(value, Recorded):
        return value.recorded_code
    if isinstance(field, models.BinaryField):
        return bytes(value).hex()[: 2 * FINGERPRINT_BYTES]
    return value
