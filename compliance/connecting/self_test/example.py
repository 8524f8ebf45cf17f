"""A correct sample for an organisation, made from its own authorisation in force."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from compliance.connecting.authorised import authorisations_of
from compliance.exchanges.vocabulary import Environment
from compliance.kernel.clock import BRUSSELS, microseconds
from compliance.registry.keeper import keeper
from compliance.registry.models import Service
from compliance.simulation.numbers import synthetic_insz

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.authorisations.terms import Terms

_CATEGORIES = 2
_MINUTES_OF_A_WEEK = 7 * 24 * 60


def example_for(organisation: str, *, vendor: str = "", at: datetime) -> dict[str, Any] | None:
    """Return the JSON fields of a report that would be covered; ``None`` without an authorisation in force.

    In acceptance where the authorisation names that, else where it does. ``vendor`` asks on behalf of it.
    """
    offered = [
        version
        for version in authorisations_of(organisation, at=at)
        if version.provider == keeper() and organisation in version.recipients
    ]
    trying = [version for version in offered if Environment.ACCEPTANCE in version.environments]
    for version in (*trying, *offered):
        service = _service(version)
        if service is not None:
            return _fields(version, service, organisation, vendor, at)
    return None


def _service(version: Terms) -> Service | None:
    """Return a service that the version names, the newest first, which gives something that it names."""
    named = Service.objects.prefetch_related("categories").order_by("code", "-version")
    return next(
        (
            one
            for one in named
            if {one.code, f"{one.code}/{one.version}"} & version.services
            and any(category.code in version.categories for category in one.categories.all())
        ),
        None,
    )


def _fields(version: Terms, service: Service, organisation: str, vendor: str, at: datetime) -> dict[str, Any]:
    given = sorted(category.code for category in service.categories.all() if category.code in version.categories)
    started_at = _within_hours(version, at)
    groups = version.conditions.user_groups
    environment = min(version.environments)  # acceptance comes first
    asker: dict[str, Any] = {"organisation": vendor or organisation, "application": "Voorbeeld"}
    if vendor and vendor != organisation:
        asker["on_behalf_of"] = organisation
    if groups:
        asker["user"] = {"kind": "local", "value": "u-1", "group": groups[0]}
    return {
        "message_reference": f"EXAMPLE-{started_at:%Y%m%d-%H%M%S}",
        "producer_sequence": 1,
        "started_at": started_at.isoformat(timespec="seconds"),
        "asker": asker,
        "source": version.provider,
        "service": {"code": service.code, "version": service.version},
        "purpose": min(version.purposes),
        "legal_basis": min(version.legal_bases),
        "route": min(version.routes),
        "direction": "provided",
        "outcome": "succeeded",
        "environment": environment,
        "trigger": "manual" if groups else "automatic",
        "subjects": [{"kind": "insz", "value": synthetic_insz(1)}],
        "categories_requested": given[:_CATEGORIES],
        "categories_delivered": given[:_CATEGORIES],
        "search_keys": ["insz"],
        "record_count": 1,
        "chain": {"correlation_id": "EXAMPLE-CONTEXT-1", "request_id": "EXAMPLE-CALL-1"},
    }


def _within_hours(version: Terms, at: datetime) -> datetime:
    """Return a recent minute that falls within the hours of the version, if it sets any."""
    start = at.astimezone(BRUSSELS).replace(second=0, microsecond=0)
    hours = version.conditions.hours
    if hours is None:
        return start
    moments = (start - timedelta(minutes=minutes) for minutes in range(0, _MINUTES_OF_A_WEEK, 30))
    return next((moment for moment in moments if hours.admit(microseconds(moment))), start)
