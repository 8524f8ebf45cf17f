"""Asks when somebody wants to be mailed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.notices.vocabulary import MailWhen


class MailForm(forms.Form):
    """When to mail."""

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
