"""Open a case, once for what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from compliance.cases.models import Case
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.cases.vocabulary import CaseKind


class Opened(NamedTuple):
    """A case, and whether it was opened just now."""

    case: Case
    is_new: bool


def open_case(*, kind: CaseKind, key: str, title: str, facts: Mapping[str, Any]) -> Opened:
    """Open the case of this kind and key, or return the one that was opened before, closed since or not.

    Two that open it at once get one case, and one of them is told that it is new.
    """
    given = {"opened_at": now(), "title": title, "facts": dict(facts)}
    return Opened(*Case.objects.get_or_create(kind=kind, key=key, defaults=given))
