"""The health of the service in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge

if TYPE_CHECKING:
    from compliance.console.operations import Follower, Operations

ENOUGH_MONTHS = 2
FAR_BEHIND = 10_000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked at: what, how it stands, and the facts."""

    what: str
    standing: Badge
    facts: str


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A system that reports."""

    name: str
    organisation: str
    since: str
    standing: Badge


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change of the register."""

    revision: str
    what: str
    moment: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Health:
    """What the template of the operator's start page needs."""

    checks: tuple[Check, ...]
    clients: tuple[ClientRow, ...]
    changes: tuple[ChangeRow, ...]


def present_health(operations: Operations) -> Health:
    """Put the health of the service into words."""
    return Health(
        checks=(*_followers(operations), _room(operations), _mail(operations)),
        clients=tuple(
            ClientRow(
                name=client.name,
                organisation=client.organisation.name,
                since=words.day(words.local_day(client.created_at)),
                standing=Badge(_("may not report any more"), "bad")
                if client.revoked_at
                else Badge(_("may report"), "good"),
            )
            for client in operations.clients
        ),
        changes=tuple(
            ChangeRow(
                revision=words.figure(change.pk),
                what=_("%(kind)s %(code)s, version %(version)s")
                % {"kind": _kind(change.kind), "code": change.code, "version": change.version},
                moment=words.moment(change.changed_at),
                by=change.changed_by,
                reason=change.reason,
            )
            for change in operations.changes
        ),
    )


def _kind(kind: str) -> str:
    """Name what changed as the register does; a kind that is no row of it keeps its code."""
    models = apps.get_app_config("compliance").get_models()
    names = {model._meta.model_name: str(model._meta.verbose_name) for model in models}
    return words.sentence(names.get(kind, kind))


def _followers(operations: Operations) -> tuple[Check, ...]:
    if not operations.followers:
        facts = _("No follower has started. Start the worker and the clock (beat).")
        return (Check(_("Statistics"), Badge(_("stands still"), "bad"), facts),)
    return tuple(_follower(follower) for follower in operations.followers)


def _follower(follower: Follower) -> Check:
    standing = Badge(_("behind"), "care") if follower.behind > FAR_BEHIND else Badge(_("up to date"), "good")
    facts = ngettext(
        "%(count)s transaction behind; last moved %(moment)s.",
        "%(count)s transactions behind; last moved %(moment)s.",
        follower.behind,
    ) % {"count": words.figure(follower.behind), "moment": words.moment(follower.moved_at)}
    return Check(_("Follower: %(name)s") % {"name": follower.name}, standing, facts)


def _room(operations: Operations) -> Check:
    what = _("Room for the coming months")
    if operations.last_month is None:
        facts = _("No month has been made yet. The first exchange makes its own; the clock (beat) makes those ahead.")
        return Check(what, Badge(_("none"), "care"), facts)
    facts = _("Made up to and including %(month)s.") % {"month": words.month(operations.last_month)}
    if operations.months_ahead < ENOUGH_MONTHS:
        return Check(what, Badge(_("too little"), "care"), facts)
    return Check(what, Badge(_("enough"), "good"), facts)


def _mail(operations: Operations) -> Check:
    what, count, since = _("Mail"), operations.mail.count, operations.mail.since
    if since is None:
        return Check(what, Badge(_("goes out"), "good"), _("Every notice that is due was mailed."))
    facts = ngettext(
        "%(count)s notice waits to be mailed, since %(moment)s. It is tried again by itself.",
        "%(count)s notices wait to be mailed, the oldest since %(moment)s. They are tried again by themselves.",
        count,
    ) % {"count": words.figure(count), "moment": words.moment(since)}
    return Check(what, Badge(_("waits"), "care"), facts)
