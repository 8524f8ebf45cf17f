"""A protocol as a document: the kept text, read back, with who signed it by office, and the advices that are annexed.

No name of a person who signed or advised is in it: the ledger holds those, the document holds offices.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.authorisations.requests.protocol import from_text, official_text
from compliance.authorisations.requests.sign import text_to_sign
from compliance.authorisations.requests.states import EDITABLE
from compliance.authorisations.requests.vocabulary import Adviser, Method, Opinion, RequestAct, RequestState, Side

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.authorisations.requests.models import AuthorisationRequest, RequestAdvice, RequestText
    from compliance.authorisations.requests.protocol import Protocol


class Stage(models.TextChoices):
    """How far the text has come. What happens to the authorisation afterwards does not change the document."""

    DRAFT = "draft", _("Draft: this text was not submitted")
    ASKED = "asked", _("Asked: no decision was taken on this text")
    GRANTED = "granted", _("Granted, not signed by both parties")
    SIGNED = "signed", _("Signed by both parties")
    PUBLISHED = "published", _("Signed by both parties, and published")


@dataclass(frozen=True, slots=True)
class Signature:
    """That one person signed for a side; ``document`` is the SHA-256 of what was signed on paper, if it was."""

    side: Side
    at: datetime
    method: Method
    document: str


@dataclass(frozen=True, slots=True)
class AnnexedAdvice:
    """An advice, by office."""

    adviser: Adviser
    opinion: Opinion
    at: datetime
    advice: str
    reference: str


@dataclass(frozen=True, slots=True)
class ProtocolDocument:
    """Everything that the document says; ``at`` is the moment that it bears."""

    protocol: Protocol
    text: str
    digest: str
    stage: Stage
    at: datetime
    published_at: datetime | None
    signatures: tuple[Signature, ...]
    advices: tuple[AnnexedAdvice, ...]


def document_of_request(request: AuthorisationRequest) -> ProtocolDocument:
    """Return the document as it stands: what was granted, else what was kept last, else the draft. Six queries."""
    if request.state in EDITABLE:
        return _draft(request)
    granted = request.requestevents.filter(act=RequestAct.DECIDE, to_state=RequestState.GRANTED).exists()
    if granted:
        return document_of_text(text_to_sign(request))
    last = request.requestevents.select_related("text").order_by("id").last()
    assert last is not None  # noqa: S101 - a request begins with a step
    return document_of_text(last.text)


def document_of_text(text: RequestText) -> ProtocolDocument:
    """Return the document of a kept text. Three queries; the same text at the same stage gives the same document."""
    acts = {event.act: event.at for event in text.request.requestevents.filter(text=text).order_by("id")}
    signatures = tuple(
        Signature(Side(one.side), one.at, Method(one.method), one.document.digest if one.document else "")
        for one in text.signatures.select_related("document").order_by("id")
    )
    published_at = acts.get(RequestAct.PUBLISH)
    moments = [text.kept_at, *(one.at for one in signatures), *([published_at] if published_at else [])]
    return ProtocolDocument(
        protocol=from_text(text.protocol),
        text=text.protocol,
        digest=text.protocol_digest,
        stage=_stage(text, acts),
        at=max(moments),
        published_at=published_at,
        signatures=signatures,
        advices=advices_on(text),
    )


def advices_on(text: RequestText) -> tuple[AnnexedAdvice, ...]:
    """Return the newest advice of each adviser on what the text is about, in the order of the advisers. One query."""
    found: dict[Adviser, RequestAdvice] = {}
    for advice in text.request.requestadvices.filter(text__material=text.material).order_by("id"):
        found[Adviser(advice.adviser)] = advice
    return tuple(
        AnnexedAdvice(adviser, Opinion(one.opinion), one.at, one.advice, one.reference)
        for adviser in Adviser
        if (one := found.get(adviser)) is not None
    )


def _stage(text: RequestText, acts: dict[str, datetime]) -> Stage:
    if RequestAct.PUBLISH in acts:
        return Stage.PUBLISHED
    if text.request.requestevents.filter(text=text, to_state=RequestState.SIGNED).exists():
        return Stage.SIGNED
    return Stage.GRANTED if RequestAct.SIGN in acts or RequestAct.DECIDE in acts else Stage.ASKED


def _draft(request: AuthorisationRequest) -> ProtocolDocument:
    text = official_text(request.said, reference=request.code)
    return ProtocolDocument(
        protocol=from_text(text),
        text=text,
        digest=sha256(text.encode()).hexdigest(),
        stage=Stage.DRAFT,
        at=request.changed_at,
        published_at=None,
        signatures=(),
        advices=(),
    )
