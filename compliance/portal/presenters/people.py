"""The people of an organisation, for who keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.access.models import Account


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in words; ``is_self`` is the reader, whose rights somebody else keeps."""

    username: str
    name: str
    role: str
    role_code: str
    email: str
    standing: Badge
    last_seen: str
    is_self: bool
    is_open: bool
    administers: bool
    address: str


def present_people(people: Iterable[Account], *, keeper: Account) -> tuple[PersonRow, ...]:
    """Put a list of people into words."""
    return tuple(present_person(person, keeper=keeper) for person in people)


def present_person(person: Account, *, keeper: Account) -> PersonRow:
    """Put one person into words."""
    return PersonRow(
        username=person.username,
        name=person.get_full_name(),
        role=str(person.get_role_display()),
        role_code=person.role,
        email=person.email,
        standing=_standing(person),
        last_seen=words.moment(person.last_login) if person.last_login else _("not yet"),
        is_self=person.pk == keeper.pk,
        is_open=person.is_active,
        administers=person.administers,
        address=reverse("portal-person", args=[person.pk]),
    )


def _standing(person: Account) -> Badge:
    if not person.is_active:
        return Badge(_("closed account"), "calm")
    if not person.has_usable_password():
        return Badge(_("has no password yet"), "care")
    return Badge(_("may sign in"), "good")
