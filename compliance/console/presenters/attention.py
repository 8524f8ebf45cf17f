"""What deserves attention: exchanges without cover, by partner and reason, each with its list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.console.exchange_filter import NOT_COVERED
from compliance.console.figures import counted, not_covered
from compliance.console.presenters import words
from compliance.console.presenters.names import verdict_words
from compliance.reporting import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.console.door import Door
    from compliance.console.figures import NotCovered, Window
    from compliance.console.presenters.names import Names


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, how often, and the list of those exchanges."""

    words: str
    count: str
    address: str


@dataclass(frozen=True, slots=True)
class PartnerAttention:
    """What of one partner was not covered."""

    partner: str
    count: str
    address: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Attention:
    """Everything that was not covered in a window."""

    count: str
    share: str
    is_clear: bool
    period: str
    older: str
    address: str
    partners: tuple[PartnerAttention, ...]


def present_attention(*, window: Window | None, names: Names, door: Door, partner: str = "") -> Attention | None:
    """Put what was not covered into words, of all partners or of one; ``None`` when nothing was counted yet."""
    if window is None:
        return None
    rows, all_counted = not_covered(window, partner=partner), counted(window, partner=partner)
    # The last moment is excluded; a list's "until" is a day, included.
    last = window.until - timedelta(microseconds=1)
    query = {"from": words.local_day(window.since).isoformat(), "until": words.local_day(last).isoformat()}
    groups = [
        (code, list(group))
        for code, group in groupby(sorted(rows, key=lambda row: row.partner), key=lambda row: row.partner)
    ]
    groups.sort(key=lambda pair: -sum(row.count for row in pair[1]))
    return Attention(
        count=words.figure(sum(row.count for row in rows)),
        share=_share(sum(row.count for row in rows), all_counted),
        is_clear=not rows,
        period=_("%(first)s to %(last)s")
        % {"first": words.day(words.local_day(window.since)), "last": words.day(words.local_day(last))},
        older="" if window.is_now else _("The newest exchange is older; these are the four weeks before it."),
        address=door.address("exchanges", query={**query, "verdict": NOT_COVERED}),
        partners=tuple(_partner(code, group, query, names, door, locked=bool(partner)) for code, group in groups),
    )


def _share(part: int, whole: int) -> str:
    share = numbers.percentage(Fraction(part, whole or 1), words.language())
    return _("of %(count)s exchanges (%(share)s)") % {"count": words.figure(whole), "share": share}


def _partner(
    code: str, rows: Sequence[NotCovered], period: dict[str, str], names: Names, door: Door, *, locked: bool
) -> PartnerAttention:
    query = period if locked else {"partner": code, **period}
    return PartnerAttention(
        partner=names.organisation(code),
        count=words.figure(sum(row.count for row in rows)),
        address=door.address("exchanges", query={**query, "verdict": NOT_COVERED}),
        reasons=tuple(
            Reason(
                verdict_words(row.verdict),
                words.figure(row.count),
                door.address("exchanges", query={**query, "verdict": row.verdict}),
            )
            for row in sorted(rows, key=lambda row: -row.count)
        ),
    )
