"""What samples say, in sentences."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.reporting import numbers

if TYPE_CHECKING:
    from compliance.cases.samples.results import Results


def share_words(found: Results, language: str) -> str:
    """Write the estimated share with its interval; empty when nothing was judged."""
    share = found.estimate
    if share is None:
        return ""
    return _("%(share)s (%(low)s to %(high)s)") % {
        "share": _part(share.share, language),
        "low": _part(share.low, language),
        "high": _part(share.high, language),
    }


def share_sentence(found: Results, language: str) -> str:
    """Say what share was not justified, how sure that is, and of how much it speaks; empty when nothing was judged."""
    share = found.estimate
    if share is None:
        return ""
    return _(
        "Estimated share of exchanges that were not justified: %(share)s. With a confidence of 95 %% it lies between "
        "%(low)s and %(high)s; %(reviewed)s exchanges were reviewed, and they speak of %(covered)s of all."
    ) % {
        "share": _part(share.share, language),
        "low": _part(share.low, language),
        "high": _part(share.high, language),
        "reviewed": numbers.whole(share.reviewed, language),
        "covered": _part(share.covered, language),
    }


def agreement_sentence(found: Results, language: str) -> str:
    """Say how far reviewers agree."""
    seen = found.agreement
    if not seen.pairs:
        return _("No exchange was judged by two reviewers yet, so nothing can be said of how far they agree.")
    told = ngettext(
        "One exchange was judged by two reviewers, who could not see each other's answer; they agreed on %(same)s.",
        "%(pairs)s exchanges were judged by two reviewers, who could not see each other's answer; "
        "they agreed on %(same)s.",
        seen.pairs,
    ) % {"pairs": numbers.whole(seen.pairs, language), "same": numbers.whole(seen.same, language)}
    if seen.kappa is None:
        return told
    kappa = numbers.whole(numbers.half_up(Fraction(seen.kappa) * 100), language)
    return f"{told} {_('Agreement beyond chance (kappa of Cohen): %(kappa)s of 100.') % {'kappa': kappa}}"


def unknown_sentence(found: Results, language: str) -> str:
    """Say of how many it could not be told; empty when of none."""
    if not found.unknown:
        return ""
    return ngettext(
        "Of one exchange it could not be told: it says nothing of the share.",
        "Of %(count)s exchanges it could not be told: they say nothing of the share.",
        found.unknown,
    ) % {"count": numbers.whole(found.unknown, language)}


def _part(share: float, language: str) -> str:
    return numbers.percentage(Fraction(share), language)
