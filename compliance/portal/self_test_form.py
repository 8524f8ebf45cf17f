"""The form of a self-test: samples that are pasted, or a file of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class SelfTestForm(forms.Form):
    """Samples as JSON or NDJSON. A file goes before what is pasted."""

    samples = forms.CharField(
        label=gettext_lazy("Samples"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"class": "input sample", "rows": 16, "spellcheck": "false", "autocomplete": "off"}
        ),
        help_text=gettext_lazy(
            "One report, an array of them, or one on each line. Use numbers of persons whose day of birth is 99; "
            "others are refused, not shown and not kept."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("or a file"),
        required=False,
        widget=forms.FileInput(attrs={"class": "input", "accept": ".json,.ndjson,.jsonl,application/json"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for samples, no more of them than are accepted in reports."""
        given = super().clean() or {}
        most = int(settings.MAX_BODY_BYTES)
        if given.get("file") is not None and given["file"].size > most:
            self.add_error("file", _("This file is too large. Send it in parts."))
        elif not given.get("file") and not str(given.get("samples", "")).strip():
            self.add_error("samples", _("Paste at least one sample, or choose a file."))
        return given

    @property
    def octets(self) -> bytes:
        """What was given."""
        file = self.cleaned_data.get("file")
        return bytes(file.read()) if file else str(self.cleaned_data["samples"]).encode()
