"""Asks for a document."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy


class DocumentForm(forms.Form):
    """Asks for a document."""

    document = forms.FileField(
        label=gettext_lazy("Document"),
        help_text=gettext_lazy("PDF, DOCX or ODT, at most 20 MiB, without a password or macros."),
        max_length=1_000,
        widget=forms.ClearableFileInput(attrs={"class": "input", "accept": ".pdf,.docx,.odt"}),
        error_messages={
            "required": gettext_lazy("Choose a document of at most 20 MiB."),
            "empty": gettext_lazy("The document is empty."),
        },
    )
