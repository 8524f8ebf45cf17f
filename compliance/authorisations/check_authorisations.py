"""What in the authorisations deserves a look: allowed when it was registered, doubtful now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.authorisations.models import AuthorisationVersion
from compliance.kernel.clock import BRUSSELS
from compliance.registry.check_register import Problem
from compliance.registry.models import DataCategory, LegalBasis

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


def authorisation_problems(*, moment: datetime) -> Iterator[Problem]:
    """Yield what is doubtful about the versions that are in force at a moment. Three queries."""
    special = set(DataCategory.objects.filter(special_category=True).values_list("code", flat=True))
    bases = {basis.code: basis for basis in LegalBasis.objects.all()}
    today = moment.astimezone(BRUSSELS).date()
    for version in in_force(moment=moment):
        named = [bases[code] for code in version.legal_bases if code in bases]
        if special & set(version.categories) and not any(basis.article_9 for basis in named):
            sentence = _("It names a special category without a ground of GDPR article 9.")
            yield Problem("authorisation", str(version), sentence)
        ended = [basis.code for basis in named if basis.valid_until is not None and basis.valid_until <= today]
        if ended:
            sentence = _("It names a legal basis that has ended: %(codes)s.") % {"codes": ", ".join(ended)}
            yield Problem("authorisation", str(version), sentence)


def in_force(*, moment: datetime) -> list[AuthorisationVersion]:
    """Return the versions that speak at a moment: of each instrument the newest that began. One query."""
    begun = AuthorisationVersion.objects.filter(valid_from__lte=moment).select_related("authorisation__withdrawal")
    newest = begun.order_by("authorisation_id", "-number").distinct("authorisation_id")
    return [version for version in newest if not _ended(version, moment)]


def _ended(version: AuthorisationVersion, moment: datetime) -> bool:
    withdrawal = getattr(version.authorisation, "withdrawal", None)
    ends = (version.valid_until, withdrawal and withdrawal.withdrawn_from)
    return any(end is not None and end <= moment for end in ends)
