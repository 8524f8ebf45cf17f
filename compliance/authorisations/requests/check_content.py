"""Check that a request is complete and names only what the register knows, before people spend time on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from compliance.authorisations.check_draft import check_draft
from compliance.authorisations.requests.as_version import as_version
from compliance.authorisations.requests.completeness import lacking
from compliance.authorisations.requests.vocabulary import Section
from compliance.kernel.errors import FieldError, InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from compliance.authorisations.requests.content import RequestContent

_FIELDS = {
    "provider": (Section.PARTIES, "provider"),
    "recipients": (Section.PARTIES, "recipient"),
    "purposes": (Section.PURPOSES, "purposes"),
    "services": (Section.DATA, "services"),
    "categories": (Section.DATA, "categories"),
    "legal_bases": (Section.LEGAL_BASIS, "recipient_bases"),
    "routes": (Section.RHYTHM, "routes"),
    "environments": (Section.RHYTHM, "routes"),
    "valid_from": (Section.DURATION, "starts_on"),
    "valid_until": (Section.DURATION, "ends_on"),
}


class IncompleteRequestError(InvalidInputError):
    """A request that lacks something, or names what the register does not know."""

    problem_type = "incomplete-request"
    title = "The request is not complete yet. Nothing was submitted; what you wrote is kept."


def check_content(content: RequestContent, *, at: datetime) -> None:
    """Raise :class:`IncompleteRequestError` with a pointer (``/section/field``) and a remedy for each thing."""
    found = [FieldError(f"/{lack.section}/{lack.field}", lack.remedy, "required") for lack in lacking(content)]
    found += [FieldError(f"/{Section.PARTIES}/{field}", text, "not-an-address") for field, text in _addresses(content)]
    if not found:
        try:
            check_draft(as_version(content, environments=("production",), valid_from=at))
        except ValidationError as error:
            for name, told in error.message_dict.items():
                section, field = _FIELDS[name]
                found.append(FieldError(f"/{section}/{field}", " ".join(told), "not-in-register"))
    if found:
        raise IncompleteRequestError(errors=tuple(found))


def _addresses(content: RequestContent) -> Iterator[tuple[str, str]]:
    for field in ("recipient_dpo", "provider_dpo", "contact"):
        try:
            validate_email(getattr(content.parties, field).email or "left@empty.example")
        except ValidationError as error:
            yield field, " ".join(error.messages)
