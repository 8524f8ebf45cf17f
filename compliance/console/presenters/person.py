"""The exchanges of one person; going on is a form too, since the number stands in no address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.console.presenters import words
from compliance.console.presenters.exchange_list import Day, present_days

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from compliance.console.door import Door
    from compliance.console.exchange_page import ExchangePage
    from compliance.console.forms import PersonForm
    from compliance.console.presenters.names import Names


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, and the fields that a form for the next page repeats."""

    days: tuple[Day, ...]
    shown: str
    repeated: tuple[tuple[str, str], ...]
    newer: str
    older: str


def present_found(
    *, page: ExchangePage, form: PersonForm, corrected: Collection[UUID], names: Names, door: Door
) -> Found:
    """Put a page of a person's exchanges into words."""
    found = page.exchanges
    return Found(
        days=present_days(exchanges=found, corrected=corrected, names=names, door=door),
        shown=_shown(page),
        repeated=tuple((name, str(value)) for name, value in form.cleaned_data.items()),
        newer=str(found[0].id) if page.newer and found else "",
        older=str(found[-1].id) if page.older else "",
    )


def _shown(page: ExchangePage) -> str:
    if not page.exchanges:
        return ""
    return _("%(count)s exchanges on this page, the newest first.") % {"count": words.figure(len(page.exchanges))}
