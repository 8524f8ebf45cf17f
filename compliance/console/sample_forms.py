"""Forms about samples."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.access.roles import Capability
from compliance.cases.samples.vocabulary import Judgement
from compliance.console.offer_choices import offer_choices
from compliance.kernel.clock import BRUSSELS, now
from compliance.notices.audience import people_who

if TYPE_CHECKING:
    from compliance.access.models import Account


def read_month(text: str) -> date | None:
    """Return the first day of a month written as ``2026-11``; ``None`` when it is not one."""
    try:
        return datetime.strptime(text, "%Y-%m").replace(tzinfo=BRUSSELS).date()
    except ValueError:
        return None


class JudgementForm(forms.Form):
    """Asks what the reviewer finds of one exchange."""

    judgement = forms.TypedChoiceField(
        label=gettext_lazy("By what is recorded, was this exchange justified?"),
        choices=Judgement.choices,
        coerce=Judgement,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
        help_text=gettext_lazy(
            "Needed unless it was justified: what is wrong, or what is missing to tell. Your reason is kept with your "
            "name; do not write names or numbers of persons in it."
        ),
    )


class AnnounceForm(forms.Form):
    """Asks of which month a sample is wanted."""

    month = forms.CharField(
        label=gettext_lazy("Month"),
        max_length=7,
        widget=forms.TextInput(attrs={"class": "input", "placeholder": "2026-11", "inputmode": "numeric"}),
        help_text=gettext_lazy("As year and month: 2026-11."),
    )

    def clean_month(self) -> date:
        """Read the month; none that lies ahead."""
        month = read_month(self.cleaned_data["month"])
        if month is None:
            raise forms.ValidationError(_("Write the month as 2026-11."))
        if month > now().astimezone(BRUSSELS).date():
            raise forms.ValidationError(_("This month has not begun."))
        return month


class HandOverForm(forms.Form):
    """Asks whose reviews go to whom."""

    reviewer = forms.CharField(widget=forms.HiddenInput)
    to = forms.ChoiceField(label=gettext_lazy("Hand over to"), widget=forms.Select(attrs={"class": "input"}))

    def __init__(self, body: Any = None, *, reviewer: Account | None = None) -> None:
        """Offer everybody who may review, but the one who hands over."""
        initial = {"reviewer": reviewer.username} if reviewer else None
        super().__init__(body, initial=initial, auto_id=f"hand-over-{reviewer.pk}-%s" if reviewer else "hand-over-%s")
        others = people_who(Capability.REVIEW_SAMPLES).order_by("username")
        offer_choices(self, "to", [(one.username, str(one)) for one in others if one != reviewer])
