"""Tell people that an authorisation ends: 90, 30 and 7 days before, and once it has."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from compliance.access.roles import Capability
from compliance.authorisations.models import AuthorisationVersion
from compliance.authorisations.standing import newest_versions
from compliance.kernel.clock import BRUSSELS
from compliance.notices.audience import people_who
from compliance.notices.notify import notify
from compliance.notices.vocabulary import NoticeKind
from compliance.registry.named import in_language

if TYPE_CHECKING:
    from datetime import date, datetime

    from compliance.access.models import Account
    from compliance.notices.models import Notice

DAYS = (7, 30, 90)
TOLD_AFTER = 31  # days; what ended longer ago is history, not news
_NAMED = 3


def tell_of_ends(*, at: datetime) -> list[Notice]:
    """Tell the recipients' people and officers of every end that is near or has come; return the new notices.

    One transaction for each authorisation; safe to repeat: each of the four moments is told once to a person, and
    after a pause only the last. What has a later version that goes on from there does not end.
    """
    ending = [version for version in newest_versions(at=at) if _reached(version, at)]
    return [notice for version in ending if not _goes_on(version) for notice in _tell(version, _reached(version, at))]


def _reached(version: AuthorisationVersion, at: datetime) -> str:
    """Return which moment has come last; nothing for what stays, and for what was only tried."""
    if version.valid_until is None or "production" not in version.environments:
        return ""
    left = _last_day(version) - at.astimezone(BRUSSELS).date()
    if version.valid_until <= at:
        return "ended" if left >= -timedelta(days=TOLD_AFTER) else ""
    return next((str(days) for days in DAYS if left <= timedelta(days=days)), "")


def _last_day(version: AuthorisationVersion) -> date:
    assert version.valid_until is not None  # noqa: S101 - `_reached` keeps only those
    return (version.valid_until - timedelta(microseconds=1)).astimezone(BRUSSELS).date()


def _goes_on(version: AuthorisationVersion) -> bool:
    later = AuthorisationVersion.objects.filter(authorisation=version.authorisation, number__gt=version.number)
    return later.filter(valid_from__lte=version.valid_until).exists()


@transaction.atomic
def _tell(version: AuthorisationVersion, reached: str) -> list[Notice]:
    kind = NoticeKind.AUTHORISATION_EXPIRED if reached == "ended" else NoticeKind.AUTHORISATION_EXPIRING
    key = f"{version.authorisation.code}/{version.number}:{reached}"
    return [notice for person in _people(version) for notice in _tell_one(person, version, kind, key)]


def _people(version: AuthorisationVersion) -> list[Account]:
    """Return the officers, and whoever asks or advises for a recipient."""
    own = people_who(Capability.SEE_OWN_REQUESTS).filter(organisation__code__in=version.recipients)
    return list((own | people_who(Capability.DECIDE_REQUESTS)).select_related("organisation").order_by("pk"))


def _address(person: Account, version: AuthorisationVersion, kind: NoticeKind) -> str:
    """Return where a renewal is begun, for who may begin one while it stands; else where the version is read."""
    code = version.authorisation.code
    if kind is NoticeKind.AUTHORISATION_EXPIRING and person.may(Capability.MAKE_REQUESTS):
        return f"{reverse('portal-request-new')}#choice-own-{code}"
    door = "portal-authorisation" if person.may(Capability.SEE_OWN_REQUESTS) else "authorisation"
    return reverse(door, args=[code, version.number])


def _tell_one(person: Account, version: AuthorisationVersion, kind: NoticeKind, key: str) -> list[Notice]:
    with translation.override(person.language):
        title = in_language(version.authorisation, "title")
    own = person.organisation is not None and person.organisation.code in version.recipients
    named = [person.organisation.code] if own and person.organisation else version.recipients[:_NAMED]
    more = " …" if not own and len(version.recipients) > _NAMED else ""
    return notify(
        recipients=[person],
        kind=kind,
        key=key,
        address=_address(person, version, kind),
        words={
            "code": version.authorisation.code,
            "day": _last_day(version).isoformat(),
            "organisation": f"{', '.join(named)}{more}",
            "title": title,
        },
    )
