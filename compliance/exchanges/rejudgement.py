"""What judging history again came to: how many verdicts would differ, whose, and how to say it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.authorisations.vocabulary import VERDICT_LABELS, Verdict
from compliance.kernel.clock import BRUSSELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime
    from uuid import UUID


class Change(NamedTuple):
    """So many exchanges of a partner and a service would get another verdict."""

    old: str
    new: str
    partner: str
    service: str
    exchanges: int


class ChangedReason(NamedTuple):
    """So many exchanges would be covered, or no longer be, for one reason: the verdict, and of what."""

    covered: bool
    reason: str
    what: str
    exchanges: int


class Example(NamedTuple):
    """One of the exchanges that would be judged otherwise, and the version (``CODE/number``) it would be judged by."""

    id: UUID
    old: str
    new: str
    authorisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejudgement:
    """What would differ on some days, both included: most frequent first, and the first few examples.

    ``stopped_at`` is where looking ended before the last day, because it was told to look at so many and no more.
    """

    first: date
    last: date
    judged: int
    changes: tuple[Change, ...]
    examples: tuple[Example, ...]
    reasons: tuple[ChangedReason, ...] = ()
    stopped_at: datetime | None = None

    @property
    def differing(self) -> int:
        """How many exchanges would get another verdict."""
        return sum(change.exchanges for change in self.changes)

    @property
    def newly_outside(self) -> int:
        """How many were covered and would not be."""
        return sum(change.exchanges for change in self.changes if change.old == Verdict.COVERED)

    @property
    def newly_covered(self) -> int:
        """How many were not covered and would be."""
        return sum(change.exchanges for change in self.changes if change.new == Verdict.COVERED)

    def by_verdict(self) -> dict[tuple[str, str], int]:
        """Count by old and new verdict, most frequent first."""
        return _added((change.old, change.new, change.exchanges) for change in self.changes)

    def by_partner_and_service(self) -> dict[tuple[str, str], int]:
        """Count by partner and service, most frequent first."""
        return _added((change.partner, change.service, change.exchanges) for change in self.changes)

    def sentences(self, *, narrowed: str = "", draft: str = "") -> Iterator[str]:
        """Yield it in sentences; ``narrowed`` names the authorisation that was, ``draft`` what was put in place."""
        told = {"first": date_format(self.first), "last": date_format(self.last), "judged": _figure(self.judged)}
        if draft:
            yield _(
                "If %(draft)s had stood, %(outside)s exchanges from %(first)s to %(last)s that were covered would not "
                "have been, and %(inside)s that were not would have been, of %(judged)s."
            ) % {
                **told,
                "draft": draft,
                "outside": _figure(self.newly_outside),
                "inside": _figure(self.newly_covered),
            }
        elif narrowed:
            count = self.newly_outside
            yield ngettext(
                "If %(authorisation)s had been narrowed so, %(count)s exchange from %(first)s to %(last)s would have "
                "been outside, of %(judged)s.",
                "If %(authorisation)s had been narrowed so, these %(count)s exchanges from %(first)s to %(last)s would "
                "have been outside, of %(judged)s.",
                count,
            ) % {**told, "authorisation": narrowed, "count": _figure(count)}
        else:
            count = self.differing
            yield ngettext(
                "By the authorisations as they stand today, %(count)s exchange from %(first)s to %(last)s would be "
                "judged otherwise, of %(judged)s.",
                "By the authorisations as they stand today, %(count)s exchanges from %(first)s to %(last)s would be "
                "judged otherwise, of %(judged)s.",
                count,
            ) % {**told, "count": _figure(count)}
        if self.stopped_at is not None:
            yield _(
                "It stopped at %(moment)s, because it had looked at as many as it may; later ones are not counted."
            ) % {"moment": date_format(localtime(self.stopped_at, BRUSSELS), "DATETIME_FORMAT")}
        for (old, new), number in self.by_verdict().items():
            yield ngettext(
                "%(count)s exchange would be “%(new)s” instead of “%(old)s”.",
                "%(count)s exchanges would be “%(new)s” instead of “%(old)s”.",
                number,
            ) % {
                "count": _figure(number),
                "new": VERDICT_LABELS[Verdict(new)],
                "old": VERDICT_LABELS[Verdict(old)],
            }


def things_of(verdict: str, detail: Sequence[str]) -> Sequence[str]:
    """Return of what a reason is: each code outside, or which condition was broken; one empty where of nothing."""
    return detail[:1] if verdict == Verdict.CONDITION_BROKEN else detail or ("",)


def _added(told: Iterable[tuple[str, str, int]]) -> dict[tuple[str, str], int]:
    counts: Counter[tuple[str, str]] = Counter()
    for one, other, count in told:
        counts[one, other] += count
    return dict(counts.most_common())


def _figure(count: int) -> str:
    return str(number_format(count, force_grouping=True))
