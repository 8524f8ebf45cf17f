"""Step 5: who will see the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.authorisations.requests.vocabulary import Section
from compliance.portal.request_forms.base import SectionForm
from compliance.portal.request_forms.fields import LINE, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_GROUPS = 50


class RecipientsForm(SectionForm):
    """Recipients."""

    section = Section.RECIPIENTS

    who = Text(
        gettext_lazy("Who in your organisation will see the data?"),
        gettext_lazy("Name functions, not persons: for example, mediators of the local offices."),
    )
    user_groups = Text(
        gettext_lazy("Groups of users that may ask by hand"),
        gettext_lazy("One a line, as your system names them. Leave it empty for any group."),
        longest=MOST_GROUPS * LINE,
    )
    further = Text(
        gettext_lazy("Will you give the data to others?"),
        gettext_lazy("To whom, and on which ground. Leave it empty when you do not."),
    )

    def filled_in(self, standing: dict[str, Any]) -> dict[str, Any]:
        """Show each group on a line."""
        return {**standing, "user_groups": "\n".join(standing["user_groups"])}

    def clean_user_groups(self) -> str:
        """Refuse groups that are too many or too long."""
        written = str(self.cleaned_data["user_groups"])
        groups = _lines(written)
        if len(groups) > MOST_GROUPS or any(len(group) > LINE for group in groups):
            raise forms.ValidationError(_("At most 50 groups, of at most 300 characters each."))
        return written

    def said(self, filled: Mapping[str, Any]) -> dict[str, Any]:
        """Make a group of each line."""
        return {**super().said(filled), "user_groups": _lines(filled["user_groups"])}


def _lines(written: str) -> tuple[str, ...]:
    lines = (line.strip() for line in written.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))
