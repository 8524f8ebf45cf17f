"""What a machine client may be granted: one word per question it may put, each with what it allows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise as StrPromise


class Scope(StrEnum):
    """A word that a token holds (RFC 6749, section 3.3)."""

    EXCHANGES_REPORT = "exchanges:report"
    EXCHANGES_TEST = "exchanges:test"
    ACCESS_EVALUATE = "access:evaluate"
    RECEIPTS_CHECK = "receipts:check"
    EVIDENCE_MAKE = "evidence:make"
    DOSSIERS_REPORT = "dossiers:report"


@dataclass(frozen=True, slots=True)
class Permission:
    """A scope in words: a name for lists, and what it allows in one sentence."""

    scope: Scope
    name: StrPromise
    allows: StrPromise


_PERMISSIONS = (
    Permission(
        Scope.EXCHANGES_REPORT,
        _("report exchanges"),
        _("Record exchanges for the organisations for which the system acts."),
    ),
    Permission(
        Scope.EXCHANGES_TEST,
        _("try out reports"),
        _("Send reports to the acceptance environment, where nothing counts."),
    ),
    Permission(
        Scope.ACCESS_EVALUATE,
        _("ask beforehand"),
        _("Ask whether an exchange would be covered, before it takes place."),
    ),
    Permission(
        Scope.RECEIPTS_CHECK,
        _("check receipts"),
        _("Ask whether the promise of a receipt was kept."),
    ),
    Permission(
        Scope.EVIDENCE_MAKE,
        _("make evidence"),
        _("Make a bundle of the own organisation's exchanges that anybody can verify."),
    ),
    Permission(
        Scope.DOSSIERS_REPORT,
        _("tell of dossiers"),
        _("Tell which persons have a dossier at the organisations for which the system acts."),
    ),
)
PERMISSIONS: dict[Scope, Permission] = {permission.scope: permission for permission in _PERMISSIONS}
ALL = frozenset(Scope)


def scopes_in(words: Iterable[str]) -> frozenset[Scope]:
    """Return the scopes among these words; what is no scope, or is none any more, allows nothing."""
    return frozenset(map(Scope, ALL.intersection(words)))


def written(scopes: Iterable[Scope]) -> str:
    """Write scopes as a token holds them: in one order, with a space between."""
    return " ".join(sorted(scopes))
