"""The form of a message in the thread of a section."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from compliance.authorisations.requests.vocabulary import Section
from compliance.console.request_forms.fields import Words


class MessageForm(forms.Form):
    """A remark, a question, or the answer to one."""

    section = forms.ChoiceField(choices=[("", ""), *Section.choices], required=False, widget=forms.HiddenInput)
    answers = forms.IntegerField(required=False, widget=forms.HiddenInput)
    message = Words(gettext_lazy("Message"), rows=3)
    is_question = forms.BooleanField(label=gettext_lazy("This is a question: it asks for an answer."), required=False)
