"""Which of the published protocols are looked for: read from the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.reporting.protocols.standing import ProtocolStanding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from compliance.console.presenters.names import Names
    from compliance.reporting.protocols.published import PublishedProtocol


class ProtocolFilter(forms.Form):
    """Words, and what the protocols name."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    partner = forms.ChoiceField(label=_("Partner"), required=False)
    purpose = forms.ChoiceField(label=_("Purpose"), required=False)
    category = forms.ChoiceField(label=_("Data category"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, address: QueryDict, *, protocols: Iterable[PublishedProtocol], names: Names) -> None:
        """Offer what is named in at least one protocol."""
        super().__init__(address, auto_id="filter-%s")
        contents = [one.edition.content for one in protocols]
        self._offer("partner", {one.parties.recipient: names.organisation(one.parties.recipient) for one in contents})
        self._offer("purpose", {code: names.purpose(code) for one in contents for code in one.purposes.purposes})
        self._offer("category", {code: names.category(code) for one in contents for code in one.categories})
        self._offer("state", {one.value: str(one.label) for one in ProtocolStanding})
        self.fields["q"].widget.attrs["class"] = "input"

    def kept(self, protocols: Iterable[PublishedProtocol], names: Names) -> list[PublishedProtocol]:
        """Return those that are looked for; a choice that is not offered narrows nothing."""
        self.is_valid()
        return [one for one in protocols if self._keeps(one, names)]

    def _offer(self, field: str, choices: dict[str, str]) -> None:
        offered = self.fields[field]
        assert isinstance(offered, forms.ChoiceField)  # noqa: S101 - those above
        offered.choices = [("", _("all")), *sorted(choices.items(), key=lambda choice: choice[1])]
        offered.widget.attrs["class"] = "input"

    def _keeps(self, protocol: PublishedProtocol, names: Names) -> bool:
        asked, content = self.cleaned_data, protocol.edition.content
        named = {
            "partner": {content.parties.recipient},
            "purpose": set(content.purposes.purposes),
            "category": set(content.categories),
            "state": {protocol.standing.value},
        }
        if any(asked.get(field) and asked[field] not in codes for field, codes in named.items()):
            return False
        told = [protocol.code, content.parties.title, names.organisation(content.parties.recipient)]
        told += [names.purpose(code) for code in content.purposes.purposes]
        told += [names.category(code) for code in content.categories]
        return all(word in " ".join(told).casefold() for word in asked.get("q", "").casefold().split())
