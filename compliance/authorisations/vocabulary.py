"""Closed vocabularies of authorisations and verdicts."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class InstrumentKind(models.TextChoices):
    """The instrument that allows an exchange."""

    PROTOCOL = "protocol", _("protocol")
    MACHTIGING = "machtiging", _("authorisation of the supervisory committee (machtiging)")
    DELIBERATION = "deliberation", _("deliberation")
    GENERAL = "general", _("general authorisation")


class Verdict(StrEnum):
    """Whether an exchange was covered, and if not, the first reason why not."""

    COVERED = "covered"
    NO_AUTHORISATION = "no-authorisation"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"
    ENVIRONMENT_OUTSIDE = "environment-outside"
    SERVICE_OUTSIDE = "service-outside"
    CATEGORY_OUTSIDE = "category-outside"
    PURPOSE_OUTSIDE = "purpose-outside"
    LEGAL_BASIS_NOT_NAMED = "legal-basis-not-named"
    ROUTE_OUTSIDE = "route-outside"
    CONDITION_BROKEN = "condition-broken"


VERDICT_LABELS = {
    Verdict.COVERED: _("covered"),
    Verdict.NO_AUTHORISATION: _("no authorisation"),
    Verdict.NOT_YET_VALID: _("not yet valid"),
    Verdict.EXPIRED: _("expired"),
    Verdict.WITHDRAWN: _("withdrawn"),
    Verdict.SUSPENDED: _("suspended"),
    Verdict.ENVIRONMENT_OUTSIDE: _("environment outside"),
    Verdict.SERVICE_OUTSIDE: _("service outside"),
    Verdict.CATEGORY_OUTSIDE: _("category outside"),
    Verdict.PURPOSE_OUTSIDE: _("purpose outside"),
    Verdict.LEGAL_BASIS_NOT_NAMED: _("legal basis not named"),
    Verdict.ROUTE_OUTSIDE: _("route outside"),
    Verdict.CONDITION_BROKEN: _("condition broken"),
}
