"""The verdict on an exchange, with all its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from compliance.authorisations.vocabulary import Verdict


class Reason(NamedTuple):
    """One thing that stands in the way, and of what: the categories outside, the condition broken and so on."""

    verdict: Verdict
    detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict (its first reason), all reasons in order of weight, and the version judged against.

    ``authorisation`` is ``CODE/number``, or empty when no instrument stands between these parties.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    authorisation: str = ""


class Shape(NamedTuple):
    """Everything about an exchange that decides the verdict, except its moment and the asker's user group.

    ``recipient`` is on whose behalf was asked, or who asked. ``categories`` are those requested and delivered.
    """

    recipient: str
    provider: str
    service: str
    service_version: str
    purpose: str
    legal_basis: str
    categories: tuple[str, ...]
    route: str
    environment: str
