"""Closed vocabularies of an exchange."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Direction(models.TextChoices):
    """Whether the crossroads bank gives data or gets data."""

    PROVIDED = "provided", _("provided")
    OBTAINED = "obtained", _("obtained")


class Trigger(models.TextChoices):
    """What set the exchange off."""

    AUTOMATIC = "automatic", _("automatic")
    MANUAL = "manual", _("by hand")


class Environment(models.TextChoices):
    """In which environment it ran; only production counts as an exchange in the answer."""

    PRODUCTION = "production", _("production")
    ACCEPTANCE = "acceptance", _("acceptance")
    TEST = "test", _("test")


class Outcome(models.TextChoices):
    """How it ended."""

    REQUESTED = "requested", _("requested")
    SUCCEEDED = "succeeded", _("succeeded")
    NO_DATA = "no-data", _("no data")
    FAILED = "failed", _("failed")
    UNANSWERED = "unanswered", _("unanswered")
    REFUSED = "refused", _("refused")


class ServiceOutcome(models.TextChoices):
    """What DISCIMUS said of a minor."""

    ENROLLED = "enrolled", _("enrolled")
    DEREGISTERED = "deregistered", _("deregistered")
    NOT_ENROLLED = "not-enrolled", _("not enrolled")


class Confidentiality(models.TextChoices):
    """Who may be told of it."""

    NORMAL = "normal", _("normal")
    CONFIDENTIAL = "confidential", _("confidential")
    INVESTIGATION = "investigation", _("under investigation")


class RetentionClass(models.TextChoices):
    """How long it is kept."""

    TEN_YEARS = "ten-years", _("ten years")
    THIRTY_YEARS = "thirty-years", _("thirty years")


class IdentifierKind(models.TextChoices):
    """What kind of number identifies a person."""

    INSZ = "insz", _("national number (INSZ)")
    DOSSIER = "dossier", _("dossier number")
    FOREIGN = "foreign", _("foreign number")
    LOCAL = "local", _("local user key")


class SearchKey(models.TextChoices):
    """By what the person was searched for."""

    INSZ = "insz", _("national number")
    DOSSIER = "dossier", _("dossier number")
    NAME = "name", _("name")
    NAME_BIRTH_DATE = "name-birth-date", _("name and date of birth")
    ADDRESS = "address", _("address")
    SUBSCRIPTION = "subscription", _("subscription")
    LIST = "list", _("list of persons")


class Relation(models.TextChoices):
    """What the user who asked is to the person asked about, as the source matched it."""

    SELF = "self", _("the same person")
    HOUSEHOLD = "household", _("of the same household")
    ADDRESS = "address", _("at the same address")


class DecisionFinding(StrEnum):
    """What was found when an exchange was held against the decision that it quotes; the first that is so."""

    MATCHES = "matches"
    NOT_OURS = "not-ours"
    DIFFERS = "differs"
    AFTERWARDS = "afterwards"
    ANOTHER_TIME = "another-time"
    DENIED = "denied"
    JUDGED_OTHERWISE = "judged-otherwise"
