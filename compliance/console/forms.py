"""Forms that ask for a reason before something about a person is shown or searched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.exchanges.people import normal_identifier
from compliance.exchanges.reveal import SHORTEST_REASON
from compliance.exchanges.vocabulary import IdentifierKind

if TYPE_CHECKING:
    from compliance.console.presenters.names import Names

DOSSIER_REFERENCE = "dossier-reference"


class StatedReason(forms.CharField):
    """Why somebody needs to see this; it is kept for ever."""

    widget = forms.Textarea(attrs={"class": "input", "rows": 3})

    def __init__(self) -> None:
        """Ask for a sentence."""
        super().__init__(
            label=gettext_lazy("Reason"),
            min_length=SHORTEST_REASON,
            max_length=1000,
            strip=True,
            help_text=gettext_lazy(
                "Why do you need this? For example the number of your case. Your reason is kept with your name; "
                "do not write names or numbers of persons in it."
            ),
            error_messages={
                "required": gettext_lazy("Say why you need this."),
                "min_length": gettext_lazy("Say in at least ten characters why you need this."),
            },
        )


class IdentityForm(forms.Form):
    """Asks why the identity of an exchange is needed."""

    reason = StatedReason()


class PersonForm(forms.Form):
    """Asks whose exchanges are looked for, and why. It is only ever sent in the body of a request."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you have?"),
        choices=[*IdentifierKind.choices, (DOSSIER_REFERENCE, gettext_lazy("reference of a dossier"))],
        widget=forms.Select(attrs={"class": "input"}),
    )
    value = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=120,
        widget=forms.TextInput(
            attrs={"class": "input", "autocomplete": "off", "spellcheck": "false", "data-search": ""}
        ),
        error_messages={"required": gettext_lazy("Give the number.")},
    )
    organisation = forms.ChoiceField(
        label=gettext_lazy("Whose number is it?"),
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
        help_text=gettext_lazy(
            "Not needed for a national number; other numbers mean something in one organisation only."
        ),
    )
    reason = StatedReason()

    def __init__(self, body: Any, *, names: Names) -> None:
        """Offer the organisations of the register."""
        super().__init__(body, auto_id="person-%s")
        field = self.fields["organisation"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "—"), *names.organisations_to_choose]

    def clean(self) -> dict[str, Any]:
        """Check the digits, and that it is said whose number it is."""
        given = super().clean() or {}
        kind, value = given.get("kind", ""), given.get("value", "")
        if value and kind in IdentifierKind.values and normal_identifier(kind, value) is None:
            self.add_error(
                "value",
                _("This is not a national number: check its eleven digits.")
                if kind == IdentifierKind.INSZ
                else _("This is not a number of this kind."),
            )
        if kind != IdentifierKind.INSZ and not given.get("organisation"):
            self.add_error("organisation", _("Say whose number it is."))
        return given
