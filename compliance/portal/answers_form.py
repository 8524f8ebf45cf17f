"""The answers to a question as one form: per exchange a reason of the list, and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from compliance.cases.questions.save_drafts import Drafted
from compliance.cases.questions.vocabulary import AnswerReason
from compliance.console.question_forms import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.cases.questions.models import QuestionExchange

EVERYWHERE = 0
"""The position of the answer that is filled in for every exchange that has none."""


class AnswersForm(forms.Form):
    """A reason and words for each exchange, and once for all that are still empty."""

    def __init__(self, body: Any = None, *, asked: Sequence[QuestionExchange]) -> None:
        """Make the fields, with what was drafted."""
        super().__init__(body, auto_id="answer-%s")
        self.positions = [one.position for one in asked]
        for number in (EVERYWHERE, *self.positions):
            self.fields[f"reason-{number}"] = forms.ChoiceField(
                label=_("Reason"),
                required=False,
                choices=[("", _("Choose a reason")), *AnswerReason.choices],
                widget=forms.Select(attrs={"class": "input"}),
            )
            self.fields[f"text-{number}"] = Words(label=_("Explanation"), required=False, rows=3)
        for one in asked:
            draft = getattr(one, "draft", None)
            if draft is not None:
                self.initial.update({f"reason-{one.position}": draft.reason, f"text-{one.position}": draft.text})

    @property
    def everywhere(self) -> tuple[forms.BoundField, forms.BoundField]:
        """The fields of the answer for all."""
        return self.of(EVERYWHERE)

    def of(self, number: int) -> tuple[forms.BoundField, forms.BoundField]:
        """Return the fields of one exchange."""
        return self[f"reason-{number}"], self[f"text-{number}"]

    def drafts(self, *, fill: bool) -> Mapping[int, Drafted]:
        """Return what is written; ``fill`` puts the answer for all where there is neither reason nor words."""
        given = {number: self._draft(number) for number in (EVERYWHERE, *self.positions)}
        everywhere = given.pop(EVERYWHERE)
        empty = Drafted("", "")
        return {number: everywhere if fill and draft == empty else draft for number, draft in given.items()}

    def _draft(self, number: int) -> Drafted:
        return Drafted(self.cleaned_data.get(f"reason-{number}", ""), self.cleaned_data.get(f"text-{number}", ""))
