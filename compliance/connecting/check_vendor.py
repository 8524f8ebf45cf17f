"""A vendor works for a partner by that partner's mandate only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.connecting.sides import processes_for
from compliance.kernel.errors import FieldError, InvalidInputError

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.registry.models import Organisation


def check_vendor(vendor: Organisation | None, *, organisation: Organisation, at: datetime) -> None:
    """Raise :class:`InvalidInputError` when the vendor holds no mandate of this partner that is in force."""
    if vendor is not None and organisation.code not in processes_for(vendor.code, at=at):
        detail = f"{vendor.code} has no mandate of {organisation.code} that is in force. Register it first."
        raise InvalidInputError(errors=(FieldError("/vendor", detail, "no-mandate"),))
