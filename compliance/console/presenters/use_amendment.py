"""What would have been enough, what would have covered what went beyond, and the amendment that one click drafts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.console.presenters import words
from compliance.console.presenters.use_areas import AREAS, name_of
from compliance.console.presenters.week import limits
from compliance.registry.keeper import keeper
from compliance.reporting.authorisation_use.compare import Area

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.authorisations.terms import Terms
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names
    from compliance.reporting.authorisation_use.comparison import UseOfVersion

_FIELDS = {
    Area.SERVICES: "services",
    Area.CATEGORIES: "categories",
    Area.PURPOSES: "purposes",
    Area.LEGAL_BASES: "legal_bases",
    Area.ROUTES: "routes",
}


@dataclass(frozen=True, slots=True)
class Line:
    """What of one kind would be left out or added."""

    area: str
    what: str


@dataclass(frozen=True, slots=True)
class PresentedAmendment:
    """What would be left out and added, a line a kind; ``offered`` when this reader can draft it, else ``why_not``."""

    rests_on: str
    left_out: tuple[Line, ...]
    added: tuple[Line, ...]
    offered: bool
    address: str
    why_not: str


def present_amendment(
    *, use: UseOfVersion, names: Names, door: Door, offered: bool, locked: bool
) -> PresentedAmendment:
    """Say what an amendment would change. Only the newest version is amended."""
    offered = offered and use.is_newest and use.terms.withdrawn_from is None
    left_out = tuple(differences(use.terms, use.enough, names))
    added = tuple(differences(use.more, use.terms, names))
    return PresentedAmendment(
        rests_on=_rests_on(use),
        left_out=left_out,
        added=added,
        offered=offered and bool(left_out or added),
        address=door.address(
            "authorisation-amendment",
            use.terms.authorisation,
            query={"quarter": str(use.quarter), "version": str(use.terms.number)},
        ),
        why_not=_why_not(use, locked=locked) if not offered and (left_out or added) else "",
    )


def differences(more: Terms, less: Terms, names: Names) -> Iterator[Line]:
    """Yield what one version allows and another does not."""
    for area, field in _FIELDS.items():
        codes = sorted(getattr(more, field) - getattr(less, field))
        if codes:
            told = words.enumeration([name_of(area, code, names) for code in codes])
            yield Line(words.sentence(str(AREAS[area])), told)
    if more.conditions.hours != less.conditions.hours:
        wide, narrow = more.conditions.hours, less.conditions.hours
        told = _("%(narrow)s instead of %(wide)s") % {
            "narrow": limits(narrow) if narrow else _("always"),
            "wide": limits(wide) if wide else _("always"),
        }
        yield Line(words.sentence(str(AREAS[Area.CLOCK])), told)


def present_drafted(request: AuthorisationRequest | None) -> str:
    """Say to an officer that a draft was made, and what happens now."""
    if request is None:
        return ""
    return _(
        "Draft %(code)s was made for %(organisation)s, and its requesters were told. "
        "They complete and submit it, or withdraw it. Somebody else than you will decide on it."
    ) % {"code": request.code, "organisation": request.organisation.name}


def _rests_on(use: UseOfVersion) -> str:
    """Say which exchanges the narrowing rests on."""
    until = {"day": words.day(use.quarter.end)}
    if not use.year.covered:
        return _("No exchange was covered in the twelve months before %(day)s, so nothing can be said.") % until
    return ngettext(
        "This rests on %(count)s covered exchange in the twelve months before %(day)s.",
        "This rests on %(count)s covered exchanges in the twelve months before %(day)s.",
        use.year.covered,
    ) % {**until, "count": words.figure(use.year.covered)}


def _why_not(use: UseOfVersion, *, locked: bool) -> str:
    """Say why this reader cannot draft it, and who can."""
    if not use.is_newest:
        return _("There is a newer version, which is the one to amend.")
    if use.terms.withdrawn_from is not None:
        return _("This authorisation was withdrawn, so it is not amended any more.")
    if keeper() in use.terms.recipients:
        return _(
            "The crossroads bank gets these data itself; it amends the authorisation together with who gives them."
        )
    if len(use.terms.recipients) > 1:
        return _shared(locked=locked)
    if locked:
        return _("A requester of your organisation can draft the amendment.")
    return _("An officer, or a requester of the partner, can draft the amendment.")


def _shared(*, locked: bool) -> str:
    if locked:
        return _(
            "This authorisation names several organisations, so you cannot amend it. "
            "You can ask for a protocol of your own that holds only what you use."
        )
    return _(
        "This authorisation names several organisations, so none of them can amend it alone. "
        "Choose a partner to see what it uses."
    )
