"""Give a field of a form what there is to choose, which only the register knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from collections.abc import Iterable


def offer_choices(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Offer these in a field. Raises :class:`TypeError` for one that offers nothing: a mistake of ours."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(name)
    field.choices = list(choices)
