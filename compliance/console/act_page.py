"""One page of the oversight list, newest first."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

SIZE = 50


class ActFilter(forms.Form):
    """What the list is narrowed to: who, and which act."""

    actor = forms.CharField(
        label=gettext_lazy("Who"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"class": "input", "spellcheck": "false", "data-search": ""}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Act"), required=False, widget=forms.Select(attrs={"class": "input"}))

    def __init__(self, address: Any) -> None:
        """Read the query of an address."""
        super().__init__(address, auto_id="filter-%s")
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("all")), *ActKind.choices]

    def query(self) -> dict[str, str]:
        """Return the fields as an address has them."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, acts: QuerySet[Act]) -> QuerySet[Act]:
        """Keep what the fields keep; a form with errors keeps nothing."""
        return acts.filter(**self.query()) if self.is_valid() else acts.none()


@dataclass(frozen=True, slots=True)
class ActPage:
    """At most fifty acts, and whether there are older ones."""

    acts: tuple[Act, ...]
    older: bool


def act_page(narrowed: ActFilter, before: str) -> ActPage:
    """Read one page; one query."""
    acts = narrowed.narrow(Act.objects.order_by("-id"))
    with suppress(ValueError):  # an address that somebody mended by hand begins at the newest
        acts = acts.filter(id__lt=UUID(before)) if before else acts
    rows = list(acts[: SIZE + 1])
    return ActPage(tuple(rows[:SIZE]), older=len(rows) > SIZE)
