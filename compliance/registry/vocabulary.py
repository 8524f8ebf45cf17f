"""Closed vocabularies of the register."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Weekday(models.IntegerChoices):
    """Days of the week, as ISO 8601 numbers them."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class OrganisationKind(models.TextChoices):
    """What kind of organisation."""

    AUTHORITY = "authority", _("Flemish authority")
    FEDERAL = "federal", _("federal authority")
    LOCAL = "local", _("local authority")
    EDUCATION = "education", _("education")
    PLATFORM = "platform", _("exchange platform")
    VENDOR = "vendor", _("software vendor")
    REGISTER = "register", _("authentic source")


class RouteKind(models.TextChoices):
    """How an exchange travels."""

    DIRECT = "direct", _("direct")
    MAGDA = "magda", _("MAGDA")
    MAGDA_KSZ = "magda-ksz", _("MAGDA over KSZ")
    OTHER = "other", _("other")


class Article6(models.TextChoices):
    """Grounds of GDPR article 6(1)."""

    CONSENT = "a", _("(a) consent")
    CONTRACT = "b", _("(b) contract")
    LEGAL_OBLIGATION = "c", _("(c) legal obligation")
    VITAL_INTERESTS = "d", _("(d) vital interests")
    PUBLIC_TASK = "e", _("(e) task in the public interest")
    LEGITIMATE_INTERESTS = "f", _("(f) legitimate interests")


class Article9(models.TextChoices):
    """Exceptions of GDPR article 9(2)."""

    EXPLICIT_CONSENT = "a", _("(a) explicit consent")
    SOCIAL_LAW = "b", _("(b) employment and social security law")
    VITAL_INTERESTS = "c", _("(c) vital interests")
    ASSOCIATION = "d", _("(d) association without profit motive")
    MADE_PUBLIC = "e", _("(e) made public by the person")
    LEGAL_CLAIMS = "f", _("(f) legal claims")
    PUBLIC_INTEREST = "g", _("(g) substantial public interest")
    CARE = "h", _("(h) health or social care")
    PUBLIC_HEALTH = "i", _("(i) public health")
    ARCHIVING = "j", _("(j) archiving and statistics")
