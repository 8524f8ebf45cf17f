"""What is asked for when a bundle is made, and what the recipient's place makes of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256

from compliance.exchanges.reveal import check_reason
from compliance.kernel.canonical import is_canonical_text
from compliance.kernel.errors import FieldError, ForbiddenError, InvalidInputError
from compliance.kernel.identifiers import holds_insz
from compliance.registry.models import Organisation
from compliance.reporting.evidence.verifier.declaration import (
    ALL_DISCLOSED,
    DISCLOSED_TO_RECIPIENT,
    HITS_MODE,
    LANGUAGES,
    NO_DISCLOSURES,
    RANGE_MODE,
)
from compliance.reporting.evidence.verifier.selection import FIELDS, PARTNER, Filter, FilterError, filter_of

AUDITOR = "auditor"
VALID_DAYS = 365
_MOST_DAYS = 3660
_MOST_IDS = 10_000
_MOST_REASON = 1_000
_MOST_VALUES = 200
_LONGEST_VALUE = 120
_FEW_IDS = 100
_IDENTIFIER = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, kw_only=True)
class EvidenceRequest:
    """Which exchanges, for whom, how complete, in which language, and what may be disclosed.

    ``disclose`` left open means what is usual for the recipient. ``held_size`` is the size of the checkpoint
    that the recipient holds already.
    """

    filter: Filter = field(default_factory=Filter)
    recipient: str = AUDITOR
    mode: str | None = None
    complete: bool = False
    disclose: bool | None = None
    reason: str = ""
    language: str = "nl"
    valid_for: timedelta = timedelta(days=VALID_DAYS)
    held_size: int | None = None

    @property
    def made(self) -> str:
        """What is disclosed, in the declaration's words."""
        if not self.disclose:
            return NO_DISCLOSURES
        return ALL_DISCLOSED if self.recipient == AUDITOR else DISCLOSED_TO_RECIPIENT


def told_to_oversight(wanted: Filter) -> str:
    """Return a filter as oversight has it, in an entry of 65,535 bytes at the most: many identifiers by digest."""
    told = wanted.told()
    if len(wanted.ids) > _FEW_IDS:
        digest = sha256("\n".join(wanted.ids).encode()).hexdigest()
        told["ids"] = [f"{len(wanted.ids)} identifiers of SHA-256 {digest}"]
    return json.dumps(told, sort_keys=True)


def settle(request: EvidenceRequest) -> EvidenceRequest:
    """Check a request and fill in what the recipient's place decides.

    A partner gets its own exchanges, never whole ranges: those hold other partners' entries. Raises
    :class:`InvalidInputError` and :class:`ForbiddenError`.
    """
    errors = [*_errors(request)]
    if errors:
        raise InvalidInputError(errors=tuple(errors))
    if request.disclose:
        check_reason(request.reason)
    if request.recipient == AUDITOR:
        mode = request.mode or (HITS_MODE if request.filter.ids else RANGE_MODE)
        return replace(request, mode=mode, disclose=bool(request.disclose))
    if request.mode == RANGE_MODE or request.complete:
        detail = "A range holds entries of other partners. A partner gets the records found, in mode hits."
        raise ForbiddenError(detail)
    equal = {**dict(request.filter.equal), PARTNER: (request.recipient,)}
    if dict(request.filter.equal).get(PARTNER, (request.recipient,)) != (request.recipient,):
        detail = "A partner gets its own exchanges only."
        raise ForbiddenError(detail)
    own = replace(request.filter, equal=tuple(equal.items()))
    return replace(request, filter=own, mode=HITS_MODE, disclose=request.disclose is not False)


def _errors(request: EvidenceRequest) -> list[FieldError]:
    found = []
    if request.recipient != AUDITOR and not Organisation.objects.filter(code=request.recipient).exists():
        found.append(FieldError("/recipient", "This is neither auditor nor an organisation of the register."))
    if request.mode not in {None, RANGE_MODE, HITS_MODE} or (request.complete and request.mode == HITS_MODE):
        found.append(FieldError("/mode", "A bundle is a range, which can be complete, or hits."))
    if request.language not in LANGUAGES:
        found.append(FieldError("/language", "Choose nl, en or fr."))
    if not timedelta(0) < request.valid_for <= timedelta(days=_MOST_DAYS):
        found.append(FieldError("/valid_for", "A bundle is valid for between a moment and ten years."))
    if request.held_size is not None and request.held_size < 0:
        found.append(FieldError("/held_size", "A size is not negative."))
    if len(request.reason) > _MOST_REASON or holds_insz(request.reason) or not is_canonical_text(request.reason):
        found.append(
            FieldError(
                "/reason", f"A reason is plain text of at most {_MOST_REASON} characters, without a national number."
            )
        )
    return [*found, *_filter_errors(request.filter)]


def _filter_errors(wanted: Filter) -> list[FieldError]:
    found = []
    if any(holds_insz(value) for _, values in wanted.equal for value in values):
        found.append(FieldError("/filter", "A filter stays readable for ever: it holds no number of a person."))
    if not all(map(_IDENTIFIER.fullmatch, wanted.ids)):
        found.append(FieldError("/filter/ids", "An identifier is written in lower case, with hyphens."))
    if sum(len(values) for _, values in wanted.equal) > _MOST_VALUES:
        found.append(FieldError("/filter/equal", f"{_MOST_VALUES} values is the most that a filter names."))
    if any(len(value) > _LONGEST_VALUE for _, values in wanted.equal for value in values):
        found.append(FieldError("/filter/equal", f"No value is longer than {_LONGEST_VALUE} characters."))
    if len(wanted.ids) > _MOST_IDS:
        found.append(FieldError("/filter/ids", f"{_MOST_IDS} records is the most that can be named one by one."))
    try:
        filter_of(wanted.told())
    except FilterError as error:
        found.append(FieldError("/filter", f"{error} Fields: {', '.join(FIELDS)}."))
    if wanted.start and wanted.end and wanted.end <= wanted.start:
        found.append(FieldError("/filter/to", "The period ends before it begins."))
    return found
