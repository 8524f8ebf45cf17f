"""The question that every page asks: why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.admin.generics import RecordedModelForm
from compliance.registry.change import version_of


class ReasonForm(RecordedModelForm):
    """A form of which the reason is kept with the change, and which notices that somebody else was faster."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        help_text=gettext_lazy("Is kept with the change, with your name and the time."),
    )
    read_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Note which version is shown."""
        super().__init__(*args, **options)
        if "read_version" in self.fields:
            self.fields["read_version"].initial = self._standing()

    def clean_read_version(self) -> int:
        """Refuse to overwrite what somebody else changed since the page was opened."""
        standing = self._standing()
        if (self.cleaned_data["read_version"] or 0) != standing:
            raise forms.ValidationError(_("Somebody else changed this meanwhile; look at it again."))
        return standing

    def _standing(self) -> int:
        return 0 if self.instance._state.adding else version_of(self.instance)
