"""Read one exchange's entry back from its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.exchanges import leaf as entry
from compliance.kernel.errors import NotFoundError
from compliance.ledger.logs import LogNumber
from compliance.ledger.models import Entry

if TYPE_CHECKING:
    from uuid import UUID


def read_leaf(*, exchange_id: UUID) -> entry.Leaf:
    """Return the leaf of an exchange. Raises :class:`NotFoundError`."""
    found = Entry.objects.filter(log=LogNumber.EXCHANGES, id=exchange_id).values_list("leaf", flat=True).first()
    if found is None:
        raise NotFoundError
    return entry.decode(bytes(found))
