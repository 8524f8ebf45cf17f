"""One step of a request as a form: from the section as it stands, and back to a section."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import msgspec
from django import forms
from django.utils.translation import gettext as _

from compliance.authorisations.requests.content import PARTS, as_json
from compliance.kernel.identifiers import holds_insz
from compliance.portal.request_forms.fields import Boxes, in_standing_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrOrPromise

    from compliance.authorisations.requests.content import Part
    from compliance.authorisations.requests.vocabulary import Section
    from compliance.portal.request_forms.choices import Register

_PLACE = re.compile(r" - at `\$\.(\w+)")


class Group(NamedTuple):
    """Fields that belong together, under words of their own when they have them."""

    fields: tuple[str, ...]
    legend: _StrOrPromise = ""
    hint: _StrOrPromise = ""
    shape: str = ""


class SectionForm(forms.Form):
    """A section's fields. After :meth:`is_valid`, :attr:`part` is what the section says."""

    section: ClassVar[Section]
    part: Part

    def __init__(self, body: Any, *, standing: Part, register: Register) -> None:
        """Show what stands, or what was typed over it."""
        self.standing: Any = standing
        self.register = register
        super().__init__(body, initial=self.filled_in(as_json(standing)), auto_id="field-%s", label_suffix="")
        self.offer()

    def offer(self) -> None:
        """Put the register's choices in the fields."""

    def groups(self) -> tuple[Group, ...]:
        """Return the fields in the order of the page."""
        return tuple(Group((name,)) for name in self.fields)

    def filled_in(self, standing: dict[str, Any]) -> dict[str, Any]:
        """Return a section, as it is kept, as the fields show it."""
        return standing

    def said(self, filled: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the fields say, as the section is kept."""
        return {name: filled[name] for name in PARTS[self.section].__struct_fields__ if name in filled}

    def field_for(self, name: str) -> str:
        """Return the form's field for a field of the section, so that what is wrong stands beside it."""
        return name

    def label_of(self, name: str) -> str:
        """Return the words for a field of the section."""
        shown = self.field_for(name)
        legends = {field: group.legend for group in self.groups() if group.legend for field in group.fields}
        return str(legends.get(shown) or (self.fields[shown].label if shown in self.fields else name))

    def clean(self) -> dict[str, Any]:
        """Make the section; what it refuses stands beside the field."""
        filled = super().clean() or {}
        for name, value in list(filled.items()):
            if isinstance(self.fields[name], Boxes):
                filled[name] = in_standing_order(value, getattr(self.standing, name, ()))
            if holds_insz(str(value)):
                self.add_error(name, _("This holds a national number. Describe the group of persons instead."))
        if not self.errors:
            try:
                self.part = msgspec.convert(self.said(filled), PARTS[self.section])
            except msgspec.ValidationError as error:
                found = _PLACE.search(str(error))
                field = self.field_for(found.group(1)) if found else None
                self.add_error(field if field in self.fields else None, _refused(str(error)))
        return filled


def _refused(error: str) -> str:
    """Say in words what a section refuses; the rules of the fields themselves come first."""
    if "items" in error or "length" in error:
        return _("This is too long. Say it shorter, or add a document.")
    return _("This cannot be kept as it is written. Check it, and save again.")
