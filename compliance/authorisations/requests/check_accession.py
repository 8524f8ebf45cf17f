"""Check that who joins a general authorisation asks for nothing beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.authorisations.requests.check_content import IncompleteRequestError
from compliance.authorisations.requests.vocabulary import RequestKind, Section
from compliance.authorisations.standing import speaking_version
from compliance.kernel.errors import FieldError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from compliance.authorisations.models import AuthorisationVersion
    from compliance.authorisations.requests.content import RequestContent
    from compliance.authorisations.requests.models import AuthorisationRequest


def check_accession(request: AuthorisationRequest, *, at: datetime) -> None:
    """Raise :class:`IncompleteRequestError` for each field that goes beyond the general authorisation. One query."""
    if request.kind != RequestKind.ACCESSION or request.authorisation_id is None:
        return
    general = speaking_version(request.authorisation_id, at=at)
    errors = tuple(_errors(request.said, general)) if general is not None else ()
    if errors:
        raise IncompleteRequestError(errors=errors)


def _errors(content: RequestContent, general: AuthorisationVersion) -> Iterator[FieldError]:
    named = set(general.services)
    services = [code for code in content.data.services if not named & {code, code.partition("/")[0]}]
    for section, field, beyond in (
        (Section.DATA, "services", services),
        (Section.DATA, "categories", set(content.categories) - set(general.categories)),
        (Section.PURPOSES, "purposes", set(content.purposes.purposes) - set(general.purposes)),
        (Section.LEGAL_BASIS, "recipient_bases", set(content.legal_basis.recipient_bases) - set(general.legal_bases)),
        (Section.RHYTHM, "routes", set(content.rhythm.routes) - set(general.routes)),
    ):
        if beyond:
            told = _("The general authorisation does not name %(codes)s. Leave it out, or ask for a protocol.")
            yield FieldError(f"/{section}/{field}", told % {"codes": ", ".join(sorted(beyond))}, "beyond-general")
