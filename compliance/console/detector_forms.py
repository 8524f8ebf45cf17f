"""Forms that change a detector."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.console.exchange_filter import DayField
from compliance.console.forms import StatedReason
from compliance.console.presenters import words
from compliance.detection.parameter_words import parameter_words, unit_words
from compliance.kernel.clock import BRUSSELS, now

if TYPE_CHECKING:
    from compliance.detection.detectors.detector import Detector
    from compliance.detection.tuning.standing import Standing
    from compliance.kernel.errors import ComplianceError

_PREFIX = "parameter-"
_TRIED = timedelta(days=60)


class ProposalForm(forms.Form):
    """Asks how a detector should look, and on which days that is tried."""

    enabled = forms.BooleanField(label=gettext_lazy("The detector looks"), required=False)

    def __init__(self, body: Any = None, *, detector: Detector, standing: Standing) -> None:
        """Offer every parameter as it stands now."""
        yesterday = now().astimezone(BRUSSELS).date() - timedelta(days=1)
        initial: dict[str, Any] = {"enabled": standing.enabled, "since": yesterday - _TRIED, "until": yesterday}
        super().__init__(body, initial=initial, auto_id="proposal-%s")
        self.detector = detector
        for one in detector.parameters:
            name = f"{_PREFIX}{one.name}"
            self.fields[name] = forms.FloatField(
                label=words.sentence(parameter_words(one.name)),
                help_text=_("%(unit)s, from %(least)s to %(most)s; made with %(default)s")
                % {
                    "unit": unit_words(one.unit),
                    "least": f"{one.least:g}",
                    "most": f"{one.most:g}",
                    "default": f"{one.default:g}",
                },
                min_value=one.least,
                max_value=one.most,
                widget=forms.TextInput(attrs={"class": "input", "inputmode": "decimal"}),
            )
            self.initial[name] = f"{standing.parameters.get(one.name, one.default):g}"
        self.fields["since"] = DayField(label=_("Tried from"))
        self.fields["until"] = DayField(label=_("Up to and including"))
        self.fields["since"].required = self.fields["until"].required = True
        self.fields["reason"] = StatedReason()

    @property
    def parameters(self) -> dict[str, float]:
        """The parameters by their own names."""
        return {one.name: self.cleaned_data[f"{_PREFIX}{one.name}"] for one in self.detector.parameters}

    def refuse(self, error: ComplianceError) -> None:
        """Put what the verb refused beside the field that it names, or above all fields."""
        for one in error.errors:
            name = one.pointer.strip("/").replace("parameters/", _PREFIX)
            self.add_error(name if name in self.fields else None, one.detail)
        if not error.errors:
            self.add_error(None, error.detail)


class ChangeForm(forms.Form):
    """Asks why a change comes in force, or does not."""

    reason = StatedReason()
