"""Save what was typed in a step, and say what came of it: every answer is a page on which nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance.authorisations.requests.save_section import SectionChangedError, save_section
from compliance.authorisations.requests.take_over import offers, taken_over
from compliance.kernel.errors import InvalidInputError

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.authorisations.requests.vocabulary import Section
    from compliance.portal.request_forms.base import SectionForm


class Saved(NamedTuple):
    """The request as it is now, whether it was saved, and whether a colleague was faster."""

    request: AuthorisationRequest
    is_saved: bool
    is_conflict: bool = False


def save_step(
    *,
    request: AuthorisationRequest,
    section: Section,
    form: SectionForm,
    account: Account,
    based_on: str,
    take: str,
    at: datetime,
) -> Saved:
    """Save a step, with what is taken over from ``take`` (the code of an authorisation or a request), if any.

    What the form or the verb refuses stands in the form's errors; then nothing is saved.
    """
    if not form.is_valid():
        return Saved(request, is_saved=False)
    part = form.part
    for offer in offers(request, section, at=at) if take else ():
        if offer.source == take:
            part = taken_over(part, offer.part)
    try:
        kept = save_section(request=request, section=section, part=part, account=account, based_on=based_on)
    except SectionChangedError:
        request.refresh_from_db()
        return Saved(request, is_saved=False, is_conflict=True)
    except InvalidInputError as error:
        for one in error.errors:
            name = form.field_for(one.pointer.rpartition("/")[2])
            form.add_error(name if name in form.fields else None, one.detail)
        return Saved(request, is_saved=False)
    return Saved(kept, is_saved=True)
