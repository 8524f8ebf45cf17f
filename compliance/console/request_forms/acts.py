"""The forms of the acts but the decision: short, each with what is needed and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.authorisations.requests.vocabulary import Adviser
from compliance.console.request_forms.fields import ActForm, OpinionForm, ReadForm, Words

if TYPE_CHECKING:
    from compliance.authorisations.requests.models import AuthorisationRequest

COMMITTEES = [(one.value, one.label) for one in (Adviser.VTC, Adviser.KSZ_COMMITTEE)]


class AdviseForm(OpinionForm, ReadForm):
    """The advice of a data protection officer."""


class AskCommitteeForm(ActForm):
    """Which committee is asked, and why."""

    committee = forms.ChoiceField(label=gettext_lazy("Committee"), choices=COMMITTEES, widget=forms.RadioSelect)
    why = Words(gettext_lazy("Why you ask its advice"), rows=3)


class RecordCommitteeForm(OpinionForm):
    """What a committee answered."""

    reference = forms.CharField(
        label=gettext_lazy("Reference of its document"),
        help_text=gettext_lazy("For example: deliberation 24/112 of 2 July 2026."),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "input"}),
    )


class ReturnForm(ActForm):
    """What has to be answered or changed."""

    questions = Words(
        gettext_lazy("What has to be answered or changed"),
        gettext_lazy("The requester reads this first. Name the sections."),
    )


class SignForm(ActForm):
    """That somebody read the text and signs it."""

    protocol_digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    document = forms.TypedChoiceField(
        label=gettext_lazy("How you sign"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    has_read = forms.BooleanField(
        label=gettext_lazy("I have read this text, and I sign it for my organisation."),
        error_messages={"required": gettext_lazy("Read the text, and say so.")},
    )

    def offer(self, request: AuthorisationRequest) -> None:
        """Offer to confirm a signed document, where one was attached; else there is one way, and nothing to choose."""
        documents = request.requestattachments.filter(removed_at=None, media_type="application/pdf")
        signed = [(one.pk, _("I confirm the signed document “%(name)s”") % {"name": one.name}) for one in documents]
        if not signed:
            del self.fields["document"]
            return
        field = self.fields["document"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("I sign this text here")), *signed]


class GoLiveForm(ActForm):
    """What the tests showed."""

    remark = Words(
        gettext_lazy("What the tests showed"),
        gettext_lazy("For example which exchanges were tried, and by whom."),
        rows=3,
    )


class WhyForm(ActForm):
    """Why something is stopped, or goes on."""

    why = Words(gettext_lazy("Reason"), gettext_lazy("Both parties read it, and it is kept."), rows=3)
