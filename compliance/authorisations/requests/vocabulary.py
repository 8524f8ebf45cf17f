"""Closed vocabularies of requests: where one stands, what people do with it, and who they are to it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.authorisations.vocabulary import InstrumentKind


class RequestKind(models.TextChoices):
    """What is asked for."""

    NEW = "new", _("new authorisation")
    ACCESSION = "accession", _("accession to a general authorisation")
    AMENDMENT = "amendment", _("amendment of an authorisation")
    RENEWAL = "renewal", _("renewal of an authorisation")


class Needed(models.TextChoices):
    """Which instrument an exchange needs."""

    PROTOCOL = InstrumentKind.PROTOCOL.value, _("a protocol")
    GENERAL = InstrumentKind.GENERAL.value, _("accession to a general authorisation")
    DELIBERATION = InstrumentKind.DELIBERATION.value, _("a deliberation of the Information Security Committee")
    NONE = "none", _("no instrument")


class Section(models.TextChoices):
    """The parts of a request, in the order of the protocol that it writes."""

    PARTIES = "parties", _("Parties")
    PURPOSES = "purposes", _("Purposes")
    DATA = "data", _("Services and data")
    LEGAL_BASIS = "legal-basis", _("Legal basis")
    RECIPIENTS = "recipients", _("Recipients")
    RHYTHM = "rhythm", _("How and how often")
    DURATION = "duration", _("Duration and retention")
    SECURITY = "security", _("Security")
    RIGHTS = "rights", _("Rights of the persons concerned")
    SANCTIONS = "sanctions", _("Sanctions")


class RequestState(models.TextChoices):
    """Where a request stands."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted, waiting for advice")
    ADVICE = "advice", _("one data protection officer advised")
    EXTERNAL = "external-advice", _("waiting for the advice of a committee")
    READY = "ready", _("ready for decision")
    RETURNED = "returned", _("returned with questions")
    GRANTED = "granted", _("granted, to be signed")
    REFUSED = "refused", _("refused")
    SIGNED = "signed", _("signed by both parties")
    PUBLISHED = "published", _("published")
    IN_TEST = "in-test", _("being tested")
    IN_PRODUCTION = "in-production", _("in production")
    SUSPENDED = "suspended", _("suspended")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")
    RENEWED = "renewed", _("renewed by a later one")


class RequestAct(models.TextChoices):
    """What moves a request."""

    DRAFT = "drafted", _("drafted")
    SUBMIT = "submitted", _("submitted")
    ADVISE = "advised", _("advised")
    ASK_EXTERNAL = "external-advice-asked", _("asked a committee for advice")
    RECORD_EXTERNAL = "external-advice-recorded", _("recorded the advice of a committee")
    DECIDE = "decided", _("decided")
    RETURN = "returned", _("returned with questions")
    SIGN = "signed", _("signed")
    PUBLISH = "published", _("published")
    START_TEST = "test-started", _("opened for testing")
    GO_LIVE = "went-live", _("put into production")
    SUSPEND = "suspended", _("suspended")
    RESUME = "resumed", _("resumed")
    WITHDRAW = "withdrawn", _("withdrew")
    EXPIRE = "expired", _("saw that its term ended")
    RENEW = "renewed", _("replaced by its renewal")


class Party(models.TextChoices):
    """What somebody is to a request; a person can be more than one."""

    REQUESTER = "requester", _("requester")
    PARTNER_DPO = "partner-dpo", _("data protection officer of the partner")
    OFFICER = "officer", _("privacy officer of the keeper")
    OPERATOR = "operator", _("operator")
    CLOCK = "clock", _("the clock")


class Side(models.TextChoices):
    """Whose word it is."""

    RECIPIENT = "recipient", _("the partner")
    PROVIDER = "provider", _("the keeper")


class Adviser(models.TextChoices):
    """Who gives advice."""

    RECIPIENT_DPO = "recipient-dpo", _("data protection officer of the partner")
    PROVIDER_DPO = "provider-dpo", _("data protection officer of the keeper")
    VTC = "vtc", _("Flemish Supervisory Committee (VTC)")
    KSZ_COMMITTEE = "ksz-committee", _("Information Security Committee (KSZ chamber)")


class Opinion(models.TextChoices):
    """What an advice says."""

    POSITIVE = "positive", _("positive")
    CONDITIONAL = "conditional", _("positive, with conditions")
    NEGATIVE = "negative", _("negative")


class DecisionOutcome(models.TextChoices):
    """What is decided."""

    GRANTED = "granted", _("granted")
    CONDITIONAL = "conditional", _("granted with conditions")
    REFUSED = "refused", _("refused")


class Rhythm(models.TextChoices):
    """How often data is asked for."""

    ON_DEMAND = "on-demand", _("case by case")
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")
    YEARLY = "yearly", _("every year")
    ONCE = "once", _("once")


class Measure(models.TextChoices):
    """Security measures that a partner can promise by name."""

    STRONG_SIGN_IN = "strong-sign-in", _("people sign in with two factors")
    ROLES = "roles", _("each person sees only what the task needs")
    LOGGED = "logged", _("every consultation is logged with person and reason")
    LOGS_REVIEWED = "logs-reviewed", _("the logs are reviewed at set times")
    ENCRYPTED_TRANSPORT = "encrypted-transport", _("data is encrypted on the way")
    ENCRYPTED_STORAGE = "encrypted-storage", _("data is encrypted where it is kept")
    CONFIDENTIALITY = "confidentiality", _("everyone with access signed a confidentiality statement")
    TRAINING = "training", _("everyone with access follows a yearly training")
    INCIDENTS = "incidents", _("incidents are reported to the keeper within 24 hours")
    DELETION = "deletion", _("data is removed at the end of its term, and that is checked")


class Method(models.TextChoices):
    """How a side signed."""

    PORTAL = "portal", _("signed here, by two persons")
    UPLOAD = "upload", _("signed document uploaded, confirmed by a second person")
