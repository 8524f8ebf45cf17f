"""What deserves attention: exchanges without cover, by partner and reason, each with its list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.console.exchange_filter import NOT_COVERED
from compliance.console.presenters import words
from compliance.console.presenters.names import verdict_words

if TYPE_CHECKING:
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
    is_clear: bool
    period: str
    older: str
    address: str
    partners: tuple[PartnerAttention, ...]


def present_attention(
    *, window: Window | None, rows: list[NotCovered], names: Names, door: Door, locked: bool = False
) -> Attention | None:
    """Put what was not covered into words; ``None`` when nothing was counted yet. ``locked`` lists name no partner."""
    if window is None:
        return None
    # The last moment is excluded; a list's "until" is a day, included.
    last = window.until - timedelta(microseconds=1)
    query = {"from": words.local_day(window.since).isoformat(), "until": words.local_day(last).isoformat()}
    by_partner = [
        (partner, list(group))
        for partner, group in groupby(sorted(rows, key=lambda row: row.partner), key=lambda row: row.partner)
    ]
    by_partner.sort(key=lambda pair: -sum(row.count for row in pair[1]))
    return Attention(
        count=words.figure(sum(row.count for row in rows)),
        is_clear=not rows,
        period=_("%(first)s to %(last)s")
        % {"first": words.day(words.local_day(window.since)), "last": words.day(words.local_day(last))},
        older="" if window.is_now else _("The newest exchange is older; these are the four weeks before it."),
        address=door.address("exchanges", query={**query, "verdict": NOT_COVERED}),
        partners=tuple(_partner(partner, group, query, names, door, locked=locked) for partner, group in by_partner),
    )


def _partner(
    code: str, rows: list[NotCovered], period: dict[str, str], names: Names, door: Door, *, locked: bool
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
