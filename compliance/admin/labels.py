"""Rows are chosen by code and name; a day comes from the browser's own calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models

from compliance.admin.generics import AnyAdmin, NamedModelChoiceField, NamedModelMultipleChoiceField

if TYPE_CHECKING:
    from django.http import HttpRequest

    from compliance.registry.named import Named

DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


def labelled(row: Named) -> str:
    """Return code and name, in the language of the reader."""
    return f"{row.code} · {row.name}"


class NamedChoiceField(NamedModelChoiceField):
    """One row, by code and name."""

    def label_from_instance(self, obj: Named) -> str:
        """Return code and name."""
        return labelled(obj)


class NamedMultipleChoiceField(NamedModelMultipleChoiceField):
    """Rows, by code and name."""

    def label_from_instance(self, obj: Named) -> str:
        """Return code and name."""
        return labelled(obj)


class Labelled(AnyAdmin):
    """How fields are shown on every page."""

    formfield_overrides = {models.DateField: DAY}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Show code and name."""
        options.setdefault("form_class", NamedChoiceField)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Show code and name, each with a box to tick."""
        options |= {"form_class": NamedMultipleChoiceField, "widget": forms.CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request, **options)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Leave out the buttons that open a second window: a row of another kind has a page of its own."""
        found = super().formfield_for_dbfield(db_field, request, **options)
        if found is not None and isinstance(found.widget, RelatedFieldWidgetWrapper):
            found.widget = found.widget.widget
        return found
