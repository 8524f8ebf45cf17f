"""Fields that forms about requests share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from compliance.authorisations.requests.said import LONGEST
from compliance.authorisations.requests.vocabulary import Opinion

if TYPE_CHECKING:
    from django.db.models import TextChoices
    from django.utils.functional import _StrPromise as StrPromise

    from compliance.authorisations.requests.models import AuthorisationRequest


class Words(forms.CharField):
    """What somebody writes about a request."""

    def __init__(self, label: str | StrPromise, hint: str | StrPromise = "", *, rows: int = 5, **options: Any) -> None:
        """Take a label, and what to write."""
        widget = forms.Textarea(attrs={"class": "input", "rows": rows})
        super().__init__(label=label, help_text=hint, max_length=LONGEST, widget=widget, **options)


class Choice(forms.ChoiceField):
    """One of a closed vocabulary, all of it in sight."""

    def __init__(self, label: str | StrPromise, vocabulary: type[TextChoices], **options: Any) -> None:
        """Offer every value, without one chosen before."""
        options.setdefault("error_messages", {"required": gettext_lazy("Choose one.")})
        super().__init__(label=label, choices=vocabulary.choices, widget=forms.RadioSelect, **options)


class ActForm(forms.Form):
    """An act: ``seen`` is the last step that the person had before them, so that a double click is known as one."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def offer(self, request: AuthorisationRequest) -> None:
        """Offer what there is to choose in this request; most acts have nothing of the kind."""


class ReadForm(ActForm):
    """An act on a text: ``read`` is the digest of what the person had before them."""

    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class OpinionForm(ActForm):
    """Somebody's opinion, and why."""

    opinion = Choice(gettext_lazy("Opinion"), Opinion)
    advice = Words(
        gettext_lazy("Advice"),
        gettext_lazy(
            "Is the purpose clear, is every category needed, is the data kept no longer than needed, is it safe?"
        ),
        rows=7,
    )
