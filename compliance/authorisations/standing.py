"""The versions that speak at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from compliance.authorisations.models import AuthorisationVersion

if TYPE_CHECKING:
    from datetime import datetime


def speaking_versions(*, at: datetime) -> list[AuthorisationVersion]:
    """Return, of each authorisation that is in force at a moment, the newest version that began. One query."""
    return [one for one in newest_versions(at=at) if one.valid_until is None or one.valid_until > at]


def newest_versions(*, at: datetime) -> list[AuthorisationVersion]:
    """Return, of each authorisation that is not withdrawn at a moment, the newest version that began. One query."""
    begun = AuthorisationVersion.objects.filter(valid_from__lte=at).select_related("authorisation")
    not_withdrawn = Q(authorisation__withdrawal=None) | Q(authorisation__withdrawal__withdrawn_from__gt=at)
    return list(begun.filter(not_withdrawn).order_by("authorisation__code", "-number").distinct("authorisation__code"))


def speaking_version(authorisation_id: int, *, at: datetime) -> AuthorisationVersion | None:
    """Return the version of one authorisation that speaks at a moment, ended or not; else its first. One query."""
    versions = AuthorisationVersion.objects.filter(authorisation_id=authorisation_id).select_related("authorisation")
    return versions.filter(valid_from__lte=at).order_by("-number").first() or versions.order_by("number").first()
