"""Requests for authorisations and all that is said and done about them. What was said or done is never altered."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.access.models import Account
from compliance.authorisations.models import Authorisation
from compliance.authorisations.requests.content import RequestContent, read
from compliance.authorisations.requests.queries import RequestQuerySet
from compliance.authorisations.requests.vocabulary import (
    Adviser,
    DecisionOutcome,
    Method,
    Needed,
    Opinion,
    RequestAct,
    RequestKind,
    RequestState,
    Section,
    Side,
)
from compliance.documents.vocabulary import ScanState
from compliance.registry.models import Organisation
from compliance.registry.named import in_language
from compliance.registry.recorded import Recorded


class AuthorisationRequest(models.Model):
    """What a partner asks. ``content`` is a :class:`RequestContent` as JSON; ``revision`` counts its saves.

    ``authorisation`` is what it amends, renews or accedes to, and ``granted`` what came of it.
    """

    uid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="requests", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=RequestKind)
    authorisation = models.ForeignKey(
        Authorisation, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("authorisation")
    )
    granted = models.ForeignKey(
        Authorisation, models.PROTECT, null=True, blank=True, related_name="granted_by", verbose_name=_("granted as")
    )
    needed = models.CharField(_("instrument"), max_length=20, choices=Needed)
    state = models.CharField(_("state"), max_length=20, choices=RequestState, default=RequestState.DRAFT)
    state_since = models.DateTimeField(_("since"))
    content = models.JSONField(_("content"), default=dict)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    external = models.CharField(_("committee asked for advice"), max_length=20, choices=Adviser, blank=True)
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"))
    changed_at = models.DateTimeField(_("changed at"))

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for an authorisation")
        verbose_name_plural = _("requests for authorisations")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["organisation", "-id"], name="request_of_organisation"),
            models.Index(fields=["state", "state_since"], name="request_by_state"),
        ]

    def __str__(self) -> str:
        """Return the code."""
        return self.code

    @property
    def said(self) -> RequestContent:
        """What it says now."""
        return read(self.content)

    @property
    def replaces(self) -> bool:
        """Whether it takes the place of what an authorisation allows."""
        return self.kind in {RequestKind.AMENDMENT, RequestKind.RENEWAL}


class _OfRequest(models.Model):
    """Something that was said or done about a request, by whom and when."""

    request = models.ForeignKey(AuthorisationRequest, models.PROTECT, related_name="%(class)ss")
    at = models.DateTimeField(_("when"))
    by = models.CharField(_("who"), max_length=150)
    organisation = models.CharField(_("of which organisation"), max_length=40, blank=True)

    class Meta:
        abstract = True
        ordering = ("id",)


class RequestText(models.Model):
    """Exactly what a request said, and the text of the protocol that it made, when something was done about it."""

    request = models.ForeignKey(AuthorisationRequest, models.PROTECT, related_name="texts")
    digest = models.CharField(_("SHA-256 of the content"), max_length=64)
    material = models.CharField(_("SHA-256 of what advice is about"), max_length=64)
    content = models.JSONField(_("content"))
    protocol = models.TextField(_("text of the protocol"))
    protocol_digest = models.CharField(_("SHA-256 of the text"), max_length=64)
    kept_at = models.DateTimeField(_("kept at"))

    class Meta:
        verbose_name = _("text of a request")
        verbose_name_plural = _("texts of requests")
        constraints = [
            models.UniqueConstraint(fields=("request", "digest", "protocol_digest"), name="request_text_once")
        ]

    def __str__(self) -> str:
        """Return whose text, and its digest."""
        return f"{self.request_id} {self.digest[:12]}"


class RequestEvent(_OfRequest):
    """One step: what was done, from which state to which, on which text; ``entry`` is its entry in the ledger."""

    act = models.CharField(_("act"), max_length=30, choices=RequestAct)
    from_state = models.CharField(_("from"), max_length=20, choices=RequestState, blank=True)
    to_state = models.CharField(_("to"), max_length=20, choices=RequestState)
    text = models.ForeignKey(RequestText, models.PROTECT, related_name="+")
    remark = models.TextField(_("remark"), blank=True)
    entry = models.UUIDField(_("entry of the ledger"))

    class Meta(_OfRequest.Meta):
        verbose_name = _("step of a request")
        verbose_name_plural = _("steps of requests")

    def __str__(self) -> str:
        """Return what was done."""
        return f"{self.act} {self.request_id}"


class RequestAdvice(_OfRequest):
    """What a data protection officer or a committee thinks of one text."""

    adviser = models.CharField(_("adviser"), max_length=20, choices=Adviser)
    opinion = models.CharField(_("opinion"), max_length=12, choices=Opinion)
    advice = models.TextField(_("advice"))
    reference = models.CharField(_("reference"), max_length=200, blank=True)
    text = models.ForeignKey(RequestText, models.PROTECT, related_name="advices")

    class Meta(_OfRequest.Meta):
        verbose_name = _("advice")
        verbose_name_plural = _("advices")

    def __str__(self) -> str:
        """Return who thinks what."""
        return f"{self.adviser}: {self.opinion}"


class RequestDecision(_OfRequest):
    """What was decided, why, under which conditions, on exactly which text and in which state."""

    outcome = models.CharField(_("decision"), max_length=12, choices=DecisionOutcome)
    reasons = models.TextField(_("reasons"))
    conditions = models.TextField(_("conditions"), blank=True)
    limits = models.JSONField(_("conditions that the verdict knows"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=RequestState)
    text = models.ForeignKey(RequestText, models.PROTECT, related_name="decisions")

    class Meta(_OfRequest.Meta):
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        """Return what was decided."""
        return f"{self.request_id}: {self.outcome}"


class RequestAttachment(_OfRequest):
    """A document that came with a request. Its bytes lie outside the web root, under the SHA-256 of what they are."""

    section = models.CharField(_("section"), max_length=20, choices=Section, blank=True)
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("kind of document"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    scan = models.CharField(_("scan"), max_length=12, choices=ScanState)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    removed_by = models.CharField(_("removed by"), max_length=150, blank=True)

    class Meta(_OfRequest.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        """Return whose, and which bytes."""
        return f"{self.request_id} {self.digest[:12]}"


class RequestSignature(_OfRequest):
    """That one person signed the text for a side. A side has signed when two persons did."""

    side = models.CharField(_("side"), max_length=10, choices=Side)
    method = models.CharField(_("method"), max_length=10, choices=Method)
    text = models.ForeignKey(RequestText, models.PROTECT, related_name="signatures")
    document = models.ForeignKey(RequestAttachment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(_OfRequest.Meta):
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(fields=("request", "text", "side", "by"), name="request_signed_once_by_a_person")
        ]

    def __str__(self) -> str:
        """Return who signed for whom."""
        return f"{self.side} {self.by}"


class RequestMessage(_OfRequest):
    """A remark, a question, or the answer to one, in the thread of a section."""

    section = models.CharField(_("section"), max_length=20, choices=Section, blank=True)
    message = models.TextField(_("message"))
    is_question = models.BooleanField(_("asks for an answer"), default=False)
    answers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answered_by")

    class Meta(_OfRequest.Meta):
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        """Return where it stands."""
        return f"{self.request_id} {self.section} {self.pk}"


def _codes(label: object) -> ArrayField[list[str], list[str]]:
    return ArrayField(models.CharField(max_length=40), verbose_name=label, default=list, blank=True)  # type: ignore[arg-type]


class InstrumentRule(Recorded):
    """A row of the table that says which instrument is needed; the first row that applies decides. Empty: any."""

    recorded_as = ("code",)

    code = models.CharField(_("code"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(_("position"))
    recipient_kinds = _codes(_("kinds of recipients"))
    route_kinds = _codes(_("kinds of routes"))
    providers = _codes(_("providers"))
    categories = _codes(_("any of these data categories"))
    general_exists = models.BooleanField(_("a general authorisation covers it"), null=True, blank=True)
    same_controller = models.BooleanField(_("both have the same controller"), null=True, blank=True)
    needed = models.CharField(_("instrument"), max_length=20, choices=Needed)
    explanation_nl = models.TextField(_("explanation (Dutch)"))
    explanation_en = models.TextField(_("explanation (English)"))
    explanation_fr = models.TextField(_("explanation (French)"))
    citation = models.CharField(_("article of decree or law"), max_length=300)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("rule for the instrument")
        verbose_name_plural = _("rules for the instrument")
        ordering = ("position", "code")

    def __str__(self) -> str:
        """Return the code."""
        return self.code

    @property
    def explanation(self) -> str:
        """The explanation in the language of the reader."""
        return in_language(self, "explanation")
