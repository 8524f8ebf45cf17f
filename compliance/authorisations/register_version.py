"""Register what an instrument allows: its first version, or the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.authorisations.check_draft import check_draft, check_instrument
from compliance.authorisations.models import Authorisation, AuthorisationVersion
from compliance.authorisations.state import authorisation_state
from compliance.kernel.clock import now
from compliance.registry.accountability import signature, stated
from compliance.registry.append_change import append_change, lock_register

if TYPE_CHECKING:
    from compliance.authorisations.draft import Instrument, VersionDraft
    from compliance.kernel.actor import Actor


@transaction.atomic
def register_version(*, instrument: Instrument, draft: VersionDraft, actor: Actor, reason: str) -> AuthorisationVersion:
    """Append the next version of an instrument, which is made when it is new. One transaction, one at a time.

    Raises Django's ValidationError, per field, for a code that the register does not know.
    """
    registered_by, why = signature(actor), stated(reason)
    lock_register()
    check_instrument(instrument)
    check_draft(draft)
    authorisation = _authorisation(instrument)
    last = authorisation.versions.order_by("-number").first()
    version = AuthorisationVersion(
        authorisation=authorisation,
        number=last.number + 1 if last else 1,
        registered_at=now(),
        registered_by=registered_by,
        reason=why,
        **draft.as_fields(),
    )
    version.full_clean()
    version.save(force_insert=True)
    append_change(
        kind="authorisation",
        code=authorisation.code,
        state=authorisation_state(authorisation),
        actor=actor,
        reason=why,
        always=True,
    )
    return version


def _authorisation(instrument: Instrument) -> Authorisation:
    """Return the instrument under these titles."""
    found = Authorisation.objects.filter(code=instrument.code).first()
    authorisation = found or Authorisation(code=instrument.code, kind=instrument.kind)
    authorisation.title_nl = instrument.title_nl
    authorisation.title_en = instrument.title_en
    authorisation.title_fr = instrument.title_fr
    authorisation.full_clean()
    authorisation.save()
    return authorisation
