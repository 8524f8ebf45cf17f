"""Find a person's exchanges by number, or a dossier's by reference; the search is recorded, its object is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compliance.exchanges.models import Exchange
from compliance.exchanges.people import dossier_lookup, normal_identifier, person_lookup
from compliance.exchanges.reveal import check_reason
from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.ledger.logs import LogNumber
from compliance.ledger.models import Opening
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from compliance.exchanges.queries import ExchangeQuerySet
    from compliance.kernel.actor import Actor


def find_by_person(*, kind: str, value: str, actor: Actor, reason: str, scope: str = "") -> ExchangeQuerySet:
    """Return the exchanges about a person, or asked by a user, newest first.

    ``scope`` is the organisation whose own numbers are meant, for kinds other than ``insz``. Raises
    :class:`InvalidInputError` when the number or the reason is not good.
    """
    check_reason(reason)
    normal = normal_identifier(kind, value)
    if normal is None:
        raise InvalidInputError(
            errors=(FieldError("/value", "This is not a good number. Check its eleven digits.", "not-an-identifier"),)
        )
    record_act(actor=actor, kind=ActKind.PERSON_SEARCHED, reason=reason.strip(), details={"kind": kind})
    openings = Opening.objects.filter(log=LogNumber.EXCHANGES, lookup=person_lookup(scope, kind, normal))
    return _exchanges(openings.values("id"))


def find_by_dossier(*, scope: str, reference: str, actor: Actor, reason: str) -> ExchangeQuerySet:
    """Return the exchanges in a dossier of an organisation, newest first. Raises as :func:`find_by_person`."""
    check_reason(reason)
    record_act(actor=actor, kind=ActKind.DOSSIER_SEARCHED, reason=reason.strip(), details={"organisation": scope})
    openings = Opening.objects.filter(log=LogNumber.EXCHANGES, dossier_lookup=dossier_lookup(scope, reference))
    return _exchanges(openings.values("id"))


def _exchanges(ids: QuerySet[Opening, Any]) -> ExchangeQuerySet:
    return Exchange.objects.filter(log=LogNumber.EXCHANGES, id__in=ids).newest_first()
