"""The kinds of fields that a step of a request has; everything may stay empty while it is a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from django.utils.functional import _StrOrPromise

LINE, TEXT = 300, 5_000
LINES_SHOWN = 4


class Line(forms.CharField):
    """A few words."""

    def __init__(self, label: _StrOrPromise, hint: _StrOrPromise = "", **attributes: str) -> None:
        """Ask for them."""
        widget = forms.TextInput(attrs={"class": "input", **attributes})
        super().__init__(label=label, help_text=hint, max_length=LINE, required=False, widget=widget)


class Address(forms.CharField):
    """An e-mail address. Half of one may be kept in a draft; it is checked when the request is submitted."""

    def __init__(self, label: _StrOrPromise) -> None:
        """Ask for it."""
        widget = forms.EmailInput(attrs={"class": "input", "autocomplete": "off"})
        super().__init__(label=label, max_length=LINE, required=False, widget=widget)


class Text(forms.CharField):
    """A few sentences."""

    def __init__(
        self, label: _StrOrPromise, hint: _StrOrPromise = "", *, rows: int = LINES_SHOWN, longest: int = TEXT
    ) -> None:
        """Ask for them."""
        widget = forms.Textarea(attrs={"class": "input", "rows": rows})
        super().__init__(label=label, help_text=hint, max_length=longest, required=False, widget=widget)

    def to_python(self, value: Any) -> str:
        """Write lines as they were kept: a browser ends them in two characters."""
        return (super().to_python(value) or "").replace("\r\n", "\n")


class Boxes(forms.MultipleChoiceField):
    """Any of a list, each with a box to tick."""

    shape = "boxes"

    def __init__(self, label: _StrOrPromise, hint: _StrOrPromise = "") -> None:
        """Offer choices that are given later, or by the subclass."""
        super().__init__(label=label, help_text=hint, required=False, widget=forms.CheckboxSelectMultiple)


class One(forms.ChoiceField):
    """One of a short list."""

    shape = "radios"

    def __init__(
        self, label: _StrOrPromise, hint: _StrOrPromise = "", choices: Iterable[tuple[str, _StrOrPromise]] = ()
    ) -> None:
        """Show all of it."""
        super().__init__(label=label, help_text=hint, choices=tuple(choices), required=False, widget=forms.RadioSelect)


class OneOfMany(forms.ChoiceField):
    """One of a longer list."""

    def __init__(self, label: _StrOrPromise, hint: _StrOrPromise = "") -> None:
        """Show what is chosen."""
        widget = forms.Select(attrs={"class": "input"})
        super().__init__(label=label, help_text=hint, required=False, widget=widget)


class Count(forms.IntegerField):
    """A number."""

    def __init__(
        self, label: _StrOrPromise, hint: _StrOrPromise = "", *, least: int = 0, most: int = 2**53 - 1
    ) -> None:
        """Ask for it within bounds."""
        widget = forms.NumberInput(attrs={"class": "input input--number", "inputmode": "numeric"})
        super().__init__(label=label, help_text=hint, min_value=least, max_value=most, required=False, widget=widget)


class Day(forms.DateField):
    """A day, from the browser's own calendar."""

    def __init__(self, label: _StrOrPromise, hint: _StrOrPromise = "") -> None:
        """Ask for it."""
        widget = forms.DateInput(attrs={"class": "input input--number", "type": "date"}, format="%Y-%m-%d")
        super().__init__(
            label=label, help_text=hint, required=False, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"]
        )


def in_standing_order(chosen: Iterable[str], standing: Sequence[str]) -> tuple[str, ...]:
    """Return what is chosen with what stood before first, as it stood: nothing changes by only looking."""
    picked: Collection[str] = list(chosen)
    return (*(code for code in standing if code in picked), *(code for code in picked if code not in standing))
