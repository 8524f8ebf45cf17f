"""Save one section of a request while it is written; nothing that was typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from django.db import transaction

from compliance.authorisations.requests.content import Part, as_json, content_digest, part_of, with_part
from compliance.authorisations.requests.instrument import needed_for
from compliance.authorisations.requests.move import NotNowError, locked
from compliance.authorisations.requests.parties import parties_of
from compliance.authorisations.requests.states import EDITABLE
from compliance.authorisations.requests.vocabulary import Party, RequestKind, Section
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, FieldError, ForbiddenError, InvalidInputError, NotFoundError
from compliance.kernel.identifiers import holds_insz

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest


class SectionChangedError(ConflictError):
    """A colleague saved the same section meanwhile."""

    problem_type = "section-changed-meanwhile"
    title = "A colleague changed this section meanwhile. Your words are still in the form: compare, and save again."


@transaction.atomic
def save_section(
    *, request: AuthorisationRequest, section: Section, part: Part, account: Account, based_on: str
) -> AuthorisationRequest:
    """Replace one section of a draft, and return the request as it is now. One transaction.

    ``based_on`` is the digest (:func:`content_digest`) of the section that the person had before them. The
    organisation that asks cannot be changed. Raises :class:`SectionChangedError`, :class:`NotNowError`.
    """
    request = locked(request)
    parties = parties_of(account, request)
    if not parties:
        raise NotFoundError
    if Party.REQUESTER not in parties:
        raise ForbiddenError
    if request.state not in EDITABLE:
        raise NotNowError
    content = request.said
    standing = part_of(content, section)
    if part == standing:
        return request
    if content_digest(standing) != based_on:
        raise SectionChangedError
    _refuse_national_numbers(part, section)
    content = with_part(content, section, part)
    own = msgspec.structs.replace(content.parties, recipient=request.organisation.code)
    content = with_part(content, Section.PARTIES, own)
    request.content = as_json(content)
    request.revision += 1
    request.changed_at = now()
    request.needed = needed_for(content, kind=RequestKind(request.kind)).needed
    request.save()
    return request


def _refuse_national_numbers(part: Part, section: Section) -> None:
    """Refuse a section that names a person by national number: a protocol is about kinds of data, and is published."""
    for field, value in as_json(part).items():
        if holds_insz(str(value)):
            told = "This holds a national number. A request never names a person: describe the group instead."
            raise InvalidInputError(errors=(FieldError(f"/{section}/{field}", told, "national-number"),))
