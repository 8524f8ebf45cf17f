"""What an instrument says now, as JSON, for the history of the register."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from django.core.serializers.json import DjangoJSONEncoder

from compliance.authorisations.models import AuthorisationSuspension, AuthorisationWithdrawal

if TYPE_CHECKING:
    from compliance.authorisations.models import Authorisation
    from compliance.registry.state import State

TERMS = (
    "number",
    "provider",
    "recipients",
    "purposes",
    "services",
    "categories",
    "legal_bases",
    "routes",
    "environments",
    "valid_from",
    "valid_until",
    "conditions",
    "document_reference",
    "document_digest",
)


def authorisation_state(authorisation: Authorisation) -> State:
    """Return the instrument, its last version, its withdrawal and its last suspension. Three queries."""
    last = authorisation.versions.order_by("-number").first()
    withdrawal = AuthorisationWithdrawal.objects.filter(authorisation=authorisation).first()
    suspended = AuthorisationSuspension.objects.filter(authorisation=authorisation).select_related("lifting").last()
    lifting = getattr(suspended, "lifting", None)
    state = {
        **{name: getattr(authorisation, name) for name in ("kind", "title_nl", "title_en", "title_fr")},
        **{name: getattr(last, name) for name in TERMS if last is not None},
        "withdrawn_from": withdrawal and withdrawal.withdrawn_from,
        "suspended_from": suspended and suspended.suspended_from,
        "lifted_from": lifting and lifting.lifted_from,
    }
    return cast("State", json.loads(json.dumps(state, cls=DjangoJSONEncoder)))
