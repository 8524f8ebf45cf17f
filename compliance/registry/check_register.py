"""What in the register does not hang together: allowed row by row, but not as a whole."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from compliance.registry.fixture_rows import KINDS
from compliance.registry.models import (
    ClosingDay,
    ClosingPeriod,
    ConnectionPeriod,
    ControllerPeriod,
    Organisation,
    Service,
)
from compliance.registry.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.registry.recorded import Recorded


class Problem(NamedTuple):
    """Which row, and what is wrong with it."""

    kind: str
    code: str
    sentence: str


def problems() -> Iterator[Problem]:
    """Yield what a keeper of the register should look at. Reads all of it."""
    yield from _invalid_rows()
    for partner in Organisation.objects.filter(counted_as_partner=True, connections=None):
        yield Problem("organisation", partner.code, _("It has a column in the answer and was never connected."))
    for service in Service.objects.filter(categories=None):
        yield Problem("service", service.recorded_code, _("It gives no data category."))
    yield from _overlapping_connections()
    yield from _gaps_between_controllers()


def _invalid_rows() -> Iterator[Problem]:
    models: list[type[Recorded]] = [*(kind.model for kind in KINDS), ClosingDay, ClosingPeriod]
    for model in models:
        for row in model._default_manager.all():
            try:
                row.full_clean()
            except ValidationError as error:
                yield Problem(row.recorded_kind, row.recorded_code, " ".join(error.messages))


def _overlapping_connections() -> Iterator[Problem]:
    found = ConnectionPeriod.objects.select_related("organisation", "route")
    ordered = sorted(found, key=lambda row: (row.organisation.code, row.route.code, row.connected_from))
    for first, second in pairwise(ordered):
        same = (first.organisation, first.route) == (second.organisation, second.route)
        if same and Span(first.connected_from, first.connected_until).holds(second.connected_from):
            yield Problem("connectionperiod", second.recorded_code, _("It begins before the one before it ended."))


def _gaps_between_controllers() -> Iterator[Problem]:
    for first, second in pairwise(ControllerPeriod.objects.order_by("valid_from")):
        if first.valid_until != second.valid_from:
            yield Problem("controllerperiod", second.recorded_code, _("Nobody was the controller just before it."))
