"""What one version of an authorisation allows, as an ODRL 2.2 agreement with terms of DPV, from what the verdict uses.

The permission says all that must hold at once; what is outside it is not allowed. It ends where a newer version begins.
Withdrawal and suspensions are prohibitions. The same stands in it as plain JSON, with the SHA-256 of its canonical form
(RFC 8785): whoever keeps a copy of a policy can see whether it still is the one that the service judges by.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from compliance.authorisations.draft import conditions_as_json
from compliance.kernel.canonical import encode
from compliance.kernel.clock import canonical_time
from compliance.reporting.protocols.vocabulary import CONTEXT, iri, moment, public, references, term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.authorisations.terms import Conditions, Terms
    from compliance.reporting.protocols.terms_of import VersionTerms

_LISTS = ("recipients", "services", "categories", "purposes", "legal_bases", "routes", "environments")
_ANY_OF = {
    "odrl:purpose": ("purpose", "purposes"),
    "dpv:hasPersonalData": ("category", "categories"),
    "dpv:hasLegalBasis": ("legal-basis", "legal_bases"),
}


def plain_terms(version: VersionTerms) -> dict[str, Any]:
    """Return the terms as plain JSON; codes sorted, moments in UTC, what is open-ended as null."""
    terms = version.terms
    return {
        "version": terms.reference,
        "provider": terms.provider,
        **{name: sorted(getattr(terms, name)) for name in _LISTS},
        "valid_from": canonical_time(terms.valid_from),
        "valid_until": _time(terms.valid_until),
        "superseded_from": _time(version.superseded_from),
        "withdrawn_from": _time(terms.withdrawn_from),
        "suspended": [[canonical_time(start), _time(end)] for start, end in terms.suspended],
        "conditions": conditions_as_json(terms.conditions),
    }


def policy_of(version: VersionTerms) -> dict[str, Any]:
    """Return the policy; it bears the same identifier at whichever door it is asked for."""
    terms, plain = version.terms, plain_terms(version)
    at = public("authorisation-policy", terms.authorisation, terms.number)
    return {
        "@context": CONTEXT,
        "@id": at,
        "@type": "odrl:Agreement",
        "odrl:uid": {"@id": at},
        "odrl:profile": {"@id": term("odrl-profile")},
        "dct:identifier": terms.reference,
        "odrl:permission": {
            **_rule(terms),
            "odrl:constraint": [*_scope(terms), *_period(version), *_conditions(terms.conditions)],
        },
        "odrl:prohibition": [
            {**_rule(terms), "dct:type": {"@id": term(why)}, "odrl:constraint": constraints}
            for why, constraints in _prohibited(terms)
        ],
        term("terms"): {"@type": "@json", "@value": plain},
        term("terms-sha256"): sha256(encode(plain)).hexdigest(),
    }


def _rule(terms: Terms) -> dict[str, Any]:
    return {
        "odrl:assigner": {"@id": iri("organisation", terms.provider)},
        "odrl:assignee": references("organisation", sorted(terms.recipients)),
        "odrl:action": {"@id": "odrl:use"},
        "odrl:target": references("service", sorted(terms.services)),
    }


def _scope(terms: Terms) -> Iterator[dict[str, Any]]:
    for operand, (kind, name) in _ANY_OF.items():
        yield _constraint(operand, "odrl:isAnyOf", references(kind, sorted(getattr(terms, name))))
    for operand, name in (("route", "routes"), ("environment", "environments")):
        yield _constraint(term(operand), "odrl:isAnyOf", references(operand, sorted(getattr(terms, name))))


def _period(version: VersionTerms) -> Iterator[dict[str, Any]]:
    yield _from(version.terms.valid_from)
    for end in (version.terms.valid_until, version.superseded_from):
        if end is not None:
            yield _until(end)


def _prohibited(terms: Terms) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    if terms.withdrawn_from is not None:
        yield "withdrawn", [_from(terms.withdrawn_from)]
    for start, end in terms.suspended:
        yield "suspended", [_from(start), *([] if end is None else [_until(end)])]


def _conditions(conditions: Conditions) -> Iterator[dict[str, Any]]:
    if conditions.hours is not None:
        hours = msgspec.to_builtins(conditions.hours)
        yield _constraint(term("hours"), "odrl:eq", {"@type": "@json", "@value": hours})
    for ceiling in conditions.ceilings:
        count = {"@type": "xsd:integer", "@value": str(ceiling.count)}
        unit = {"odrl:unit": {"@id": term(f"per-{ceiling.period}")}}
        yield {**_constraint("odrl:count", "odrl:lteq", count), **unit}
    if conditions.user_groups:
        yield _constraint(term("user-group"), "odrl:isAnyOf", list(conditions.user_groups))


def _from(at: int) -> dict[str, Any]:
    return _constraint("odrl:dateTime", "odrl:gteq", moment(canonical_time(at)))


def _until(at: int) -> dict[str, Any]:
    return _constraint("odrl:dateTime", "odrl:lt", moment(canonical_time(at)))


def _constraint(operand: str, operator: str, right: object) -> dict[str, Any]:
    return {
        "@type": "odrl:Constraint",
        "odrl:leftOperand": {"@id": operand},
        "odrl:operator": {"@id": operator},
        "odrl:rightOperand": right,
    }


def _time(at: int | None) -> str | None:
    return None if at is None else canonical_time(at)
