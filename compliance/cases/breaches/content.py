"""What a notification of a data breach says: GDPR article 33(3), as the forms of the VTC and the GBA ask it."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - msgspec reads the annotation

import msgspec


class Notification(msgspec.Struct, frozen=True, kw_only=True):
    """The content of one version. Codes are those of the register; no value about a person stands in it."""

    controller: str = ""
    dpo_name: str = ""
    dpo_email: str = ""
    nature: str = ""
    begins_on: date | None = None
    ends_on: date | None = None
    categories: tuple[str, ...] = ()
    sensitive: bool = False
    about_whom: str = ""
    persons: int = 0
    records: int = 0
    partners: tuple[str, ...] = ()
    consequences: str = ""
    measures_taken: str = ""
    measures_planned: str = ""
    inform_persons: bool | None = None
    inform_reason: str = ""
    late_because: str = ""


TEXTS = (
    "controller",
    "dpo_name",
    "dpo_email",
    "nature",
    "about_whom",
    "consequences",
    "measures_taken",
    "measures_planned",
    "inform_reason",
    "late_because",
)
ASKED = (
    "controller",
    "dpo_name",
    "dpo_email",
    "nature",
    "categories",
    "about_whom",
    "persons",
    "records",
    "consequences",
    "measures_taken",
    "inform_persons",
)
"""What article 33(3) and 34 ask in any case."""


def lacking(notification: Notification) -> tuple[str, ...]:
    """Return what is asked and not said yet; it may follow later, in phases (article 33(4))."""
    return tuple(field for field in ASKED if getattr(notification, field) in {"", 0, (), None})


def read_notification(content: object) -> Notification:
    """Return what a kept version says."""
    return msgspec.convert(content, Notification)
