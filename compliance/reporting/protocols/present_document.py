"""The words of the document, for the PDF: in Dutch, since that is the text that counts."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from compliance.authorisations.requests.protocol import OFFICIAL_LANGUAGE
from compliance.authorisations.requests.vocabulary import Method
from compliance.authorisations.requests.wording import paragraphs
from compliance.kernel.clock import BRUSSELS
from compliance.reporting.protocols.document import Stage

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.reporting.protocols.document import AnnexedAdvice, ProtocolDocument, Signature

DISPLAYABLE = ((0x20, 0x7E), (0xA0, 0x4FF), (0x1E00, 0x1FFF), (0x2010, 0x2040), (0x20A0, 0x20C0), (0x2190, 0x22FF))
"""What the fonts that come with typst can show. PDF/UA refuses the rest, so that is named by its number."""


@dataclass(frozen=True, slots=True)
class PresentedPart:
    """A heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PresentedDocument:
    """What the template places."""

    language: str
    title: str
    reference: str
    reference_words: str
    stage: str
    is_draft: bool
    digest: str
    digest_words: str
    articles: tuple[PresentedPart, ...]
    signatures_heading: str
    signatures: tuple[str, ...]
    advices_heading: str
    advices: tuple[PresentedPart, ...]


def present_document(document: ProtocolDocument) -> dict[str, object]:
    """Return the words."""
    with override(OFFICIAL_LANGUAGE):
        protocol = document.protocol
        presented = PresentedDocument(
            language=OFFICIAL_LANGUAGE,
            title=displayable(protocol.title),
            reference=protocol.reference,
            reference_words=_("Reference %(reference)s") % {"reference": protocol.reference},
            stage=_stage(document),
            is_draft=document.stage in {Stage.DRAFT, Stage.ASKED},
            digest=document.digest,
            digest_words=_("SHA-256 of the text, as it can be downloaded: %(digest)s") % {"digest": document.digest},
            articles=tuple(
                PresentedPart(displayable(one.heading), tuple(map(displayable, one.paragraphs)))
                for one in protocol.articles
            ),
            signatures_heading=_("Signatures"),
            signatures=tuple(_signature(one) for one in document.signatures) or (_("Nobody has signed yet."),),
            advices_heading=_("Annex: advices"),
            advices=tuple(_advice(one) for one in document.advices),
        )
    return asdict(presented)


def displayable(text: str) -> str:
    """Return a text with what cannot be shown named by its number: ``[U+1F600]``."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(one if _is_displayable(one) else f"[U+{ord(one):04X}]" for one in composed)


def _is_displayable(one: str) -> bool:
    """Tell of one character. An accent that did not become one with its letter is not shown."""
    if unicodedata.category(one) in {"Cn", "Mn", "Me"}:
        return False
    return any(first <= ord(one) <= last for first, last in DISPLAYABLE)


def _stage(document: ProtocolDocument) -> str:
    if document.published_at is None:
        return str(document.stage.label)
    return _("Signed by both parties, and published on %(moment)s") % {"moment": _moment(document.published_at)}


def _signature(signature: Signature) -> str:
    told = {"side": signature.side.label, "moment": _moment(signature.at), "digest": signature.document}
    if signature.method is Method.UPLOAD:
        return _("For %(side)s: signed on paper or elsewhere, confirmed on %(moment)s (SHA-256 %(digest)s).") % told
    return _("For %(side)s: signed on %(moment)s.") % told


def _advice(advice: AnnexedAdvice) -> PresentedPart:
    heading = _("%(adviser)s: %(opinion)s (%(moment)s)") % {
        "adviser": advice.adviser.label,
        "opinion": advice.opinion.label,
        "moment": _moment(advice.at),
    }
    reference = (_("Reference %(reference)s") % {"reference": advice.reference},) if advice.reference else ()
    said = tuple(map(displayable, (*paragraphs(advice.advice), *reference)))
    return PresentedPart(heading[:1].upper() + heading[1:], said)


def _moment(moment: datetime) -> str:
    return date_format(moment.astimezone(BRUSSELS), "j F Y H:i")
