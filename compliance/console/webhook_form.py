"""Registers a webhook."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from compliance.notices.webhooks.check_url import LONGEST
from compliance.notices.webhooks.vocabulary import WebhookEvent


class WebhookForm(forms.Form):
    """A name, an address, and what it is told of."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60, widget=forms.TextInput(attrs={"class": "input"}))
    url = forms.CharField(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy("Begins with https:// and can be reached from here."),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"class": "input", "inputmode": "url", "spellcheck": "false"}),
    )
    events = forms.MultipleChoiceField(
        label=gettext_lazy("Told of"),
        choices=WebhookEvent.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one event.")},
    )
