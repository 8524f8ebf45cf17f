"""What is disclosed and withheld of a record, against its commitments and against the erasures. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compliance.reporting.evidence.verifier.declaration import NO_DISCLOSURES
from compliance.reporting.evidence.verifier.erased_openings import (
    is_dossier_erased,
    is_subject_erased,
    is_user_erased,
)
from compliance.reporting.evidence.verifier.openings import (
    DOSSIER_NAME,
    ERASED,
    MISSING,
    REASONS,
    USER_NAME,
    commitments_of,
    digest_of,
    read_disclosure,
)
from compliance.reporting.evidence.verifier.verdict import DISCLOSURES, ERASURES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.reporting.evidence.verifier.erased_openings import ErasedOpening
    from compliance.reporting.evidence.verifier.record_line import RecordLine
    from compliance.reporting.evidence.verifier.tally import Tally


def check_withheld(
    tally: Tally, record: RecordLine, told: Mapping[str, Any], *, made: str, erased: Sequence[ErasedOpening]
) -> None:
    """Hold what is disclosed and withheld against all that the leaf commits to, and against the erasures."""
    disclosed = [digest_of(disclosure) for disclosure in record.disclosures]
    stated = [*disclosed, *record.withheld]
    if made == NO_DISCLOSURES or sorted(stated) != sorted(commitments_of(told)):
        tally.fault(DISCLOSURES, "disclosures-uneven", record.leaf_index)
    if not REASONS.issuperset(record.withheld.values()):
        tally.fault(DISCLOSURES, "disclosures-uneven", record.leaf_index)
    if MISSING in record.withheld.values():
        tally.missing += 1
        tally.fault(DISCLOSURES, "opening-missing", record.leaf_index)
    _check_erased(tally, record, told, disclosed, erased)


def _check_erased(
    tally: Tally, record: RecordLine, told: Mapping[str, Any], disclosed: list[str], erased: Sequence[ErasedOpening]
) -> None:
    """Hold what is withheld as erased, and what is disclosed, against what entries erased."""
    if not erased and ERASED not in record.withheld.values():
        return
    places = {subject["..."]: place for place, subject in enumerate(told["subjects"])}
    members = {USER_NAME: is_user_erased(erased), DOSSIER_NAME: is_dossier_erased(erased, len(places))}
    for digest, why in record.withheld.items():
        # Which of two digests is the user's and which the dossier's is not told unless one is opened.
        is_erased = is_subject_erased(erased, places[digest]) if digest in places else any(members.values())
        if why == ERASED and not is_erased:
            tally.fault(ERASURES, "erased-without-entry", record.leaf_index)
    for digest, disclosure in zip(disclosed, record.disclosures, strict=True):
        _, name, value = read_disclosure(disclosure)
        is_erased = members.get(name, False) if name else is_subject_erased(erased, places.get(digest, -1))
        if is_erased and value is not None:
            tally.fault(ERASURES, "erased-but-disclosed", record.leaf_index)
