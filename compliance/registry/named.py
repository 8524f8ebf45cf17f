"""Codes that never change, and names in three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.registry.recorded import Recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

code_validator = RegexValidator(r"^[A-Z0-9][A-Z0-9-]{0,39}\Z", _("Use capitals, digits and hyphens, 40 at the most."))


def in_language(row: object, field: str) -> str:
    """Return a field that a row has in three languages, in the language of the reader."""
    return str(getattr(row, f"{field}_{(get_language() or 'nl')[:2]}", getattr(row, f"{field}_nl")))


class Translated(Recorded):
    """Something with a name in three languages."""

    class Meta(Recorded.Meta):
        abstract = True

    @property
    def name(self) -> str:
        """The name in the language of the reader."""
        return in_language(self, "name")


class Named(Translated):
    """Something with a code that never changes and a name in three languages."""

    recorded_as = ("code",)

    code = models.CharField(_("code"), max_length=40, unique=True, validators=[code_validator])
    name_nl = models.CharField(_("name (Dutch)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200)
    name_fr = models.CharField(_("name (French)"), max_length=200)

    class Meta(Translated.Meta):
        abstract = True
        ordering: ClassVar[Sequence[str]] = ("code",)

    def __str__(self) -> str:
        """Return the code."""
        return self.code
