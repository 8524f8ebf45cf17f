"""Asks when somebody wants to be mailed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.notices.vocabulary import DIGEST_HOUR, MailWhen


class MailForm(forms.Form):
    """When to mail, and at which hour of Brussels what goes daily."""

    when = forms.TypedChoiceField(
        label=_("When do we mail you?"),
        choices=MailWhen.choices,
        coerce=MailWhen,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose when we mail you."),
            "invalid_choice": _("Choose when we mail you."),
        },
    )
    hour = forms.TypedChoiceField(
        label=_("At which hour, when it goes daily?"),
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
        coerce=int,
        required=False,
        widget=forms.Select(attrs={"class": "input input--number"}),
    )

    def clean_hour(self) -> int:
        """Keep the hour of who chose none."""
        hour = self.cleaned_data["hour"]
        return DIGEST_HOUR if hour == "" else int(hour)
