"""Closed vocabulary of what is counted about the use of an authorisation."""

from __future__ import annotations

from enum import StrEnum


class UseKind(StrEnum):
    """What of an exchange a count is about. One exchange counts once under each code that it names.

    Codes: a service as ``CODE/version``; an hour of Brussels as ``1-09`` (ISO weekday, hour); a reason as
    ``verdict/what`` (``category-outside/HEALTH``, ``condition-broken/hours``); a whole exchange has none.
    """

    EXCHANGE = "exchange"
    SERVICE = "service"
    REQUESTED = "requested"
    DELIVERED = "delivered"
    PURPOSE = "purpose"
    LEGAL_BASIS = "legal-basis"
    ROUTE = "route"
    HOUR = "hour"
    REASON = "reason"
