"""A correction is a new record that points to the old one; at most one each, so that they form a chain."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from compliance.exchanges.existing import corrected_by, producers_of
from compliance.kernel.errors import ConflictError, FieldError, InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.exchanges.prepare import Keyed


def check_corrections(reports: Mapping[int, Keyed]) -> None:
    """Refuse a correction of what does not exist, is another producer's, or was corrected before.

    Takes reports by their position in the batch. Raises :class:`InvalidInputError` or :class:`ConflictError`, with a
    pointer to each wrong report.
    """
    originals = {
        position: UUID(keyed.report.corrects)
        for position, keyed in reports.items()
        if keyed.report.corrects is not None
    }
    if not originals:
        return
    known = producers_of(set(originals.values())) | {UUID(bytes=keyed.id): keyed.producer for keyed in reports.values()}
    strange = tuple(
        FieldError(
            f"/{position}/corrects",
            "This producer has no record with this id. Give the id that was answered when it was recorded.",
            "unknown-record",
        )
        for position, original in originals.items()
        if known.get(original) != reports[position].producer
    )
    if strange:
        raise InvalidInputError(errors=strange)
    taken = set(corrected_by(set(originals.values())))
    again = []
    for position, original in originals.items():
        if original in taken:
            again.append(
                FieldError(
                    f"/{position}/corrects",
                    "This record was corrected before. Correct the newest record of the chain.",
                    "corrected-before",
                )
            )
        taken.add(original)
    if again:
        raise ConflictError(detail="This record was corrected before.", errors=tuple(again))
