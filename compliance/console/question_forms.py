"""Forms of the officer about a question to a partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.cases.questions.said import LONGEST
from compliance.console.exchange_filter import DayField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.kernel.errors import InvalidInputError


class Words(forms.CharField):
    """What somebody writes in a question or an answer."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        """Take a label, and what to write."""
        widget = forms.Textarea(attrs={"class": "input", "rows": rows})
        super().__init__(max_length=LONGEST, widget=widget, **options)


class AskForm(forms.Form):
    """A question about chosen exchanges."""

    exchanges = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Exchanges"),
        coerce=UUID,
        error_messages={"required": gettext_lazy("Choose at least one exchange.")},
    )
    text = Words(
        rows=6,
        label=gettext_lazy("Question"),
        help_text=gettext_lazy("What is unusual, and what do you want to know? Do not name the person."),
        error_messages={"required": gettext_lazy("Write down what you want to know.")},
    )
    urgent = forms.BooleanField(label=gettext_lazy("This is urgent"), required=False)
    days = forms.IntegerField(
        label=gettext_lazy("Working days to answer"),
        required=False,
        widget=forms.NumberInput(attrs={"class": "input input--number", "min": "1"}),
    )

    def __init__(self, body: Any = None, *, offered: Sequence[UUID], **options: Any) -> None:
        """Offer these exchanges."""
        super().__init__(body, auto_id="ask-%s", **options)
        field = self.fields["exchanges"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = [(str(one), str(one)) for one in offered]


class ExtendForm(forms.Form):
    """More time."""

    reason = Words(rows=2, label=gettext_lazy("Reason"))

    def __init__(self, body: Any = None, **options: Any) -> None:
        """Ask for the day."""
        super().__init__(body, auto_id="extend-%s", **options)
        self.fields["until"] = DayField(label=_("To be answered by"))
        self.fields["until"].required = True
        self.order_fields(["until", "reason"])


class WithdrawForm(forms.Form):
    """Ask no longer."""

    reason = Words(rows=2, label=gettext_lazy("Reason"))

    def __init__(self, body: Any = None, **options: Any) -> None:
        """Tell its fields apart from those of other forms."""
        super().__init__(body, auto_id="withdraw-%s", **options)


def refuse(form: forms.Form, error: InvalidInputError) -> None:
    """Put each error beside the field that it names, or above all fields."""
    for one in error.errors:
        name = one.pointer.strip("/")
        form.add_error(name if name in form.fields else None, one.detail)
