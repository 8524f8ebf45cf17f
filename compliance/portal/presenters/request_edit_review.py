"""A request before it is submitted: what lacks, which instrument it needs and why, and the whole text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from compliance.authorisations.requests.check_content import IncompleteRequestError, check_content
from compliance.authorisations.requests.generals import generals_covering
from compliance.authorisations.requests.instrument import needed_for
from compliance.authorisations.requests.protocol import OFFICIAL_LANGUAGE, protocol_of
from compliance.authorisations.requests.vocabulary import RequestAct, RequestKind, RequestState, Section
from compliance.console.presenters import words
from compliance.console.presenters.authorisation_list import title_of
from compliance.portal.presenters.request_edit import ArticleView
from compliance.portal.presenters.request_edit_steps import field_link, present_steps, step_address
from compliance.reporting.less_would_do import less_would_do

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from compliance.authorisations.requests.content import RequestContent
    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.portal.presenters.request_edit_steps import Link, Step

OTHERWISE = gettext_lazy("E-government decree of 18 July 2008, art. 8")


@dataclass(frozen=True, slots=True)
class InstrumentView:
    """The instrument that is needed, why, and by which law."""

    words: str
    explanation: str
    citation: str
    generals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What the template of the review needs."""

    code: str
    title: str
    kind: str
    address: str
    first: str
    last: str
    steps: tuple[Step, ...]
    lacks: tuple[Link, ...]
    less: tuple[Link, ...]
    instrument: InstrumentView
    text_title: str
    articles: tuple[ArticleView, ...]
    translated: bool
    may_submit: bool
    returned: str


def present_review(request: AuthorisationRequest, *, at: datetime, may_submit: bool) -> ReviewPage:
    """Gather the review of a request that can still be written."""
    content = request.said
    protocol = protocol_of(content, reference=request.code)
    return ReviewPage(
        code=request.code,
        title=content.parties.title or _("Request without a title"),
        kind=words.sentence(str(RequestKind(request.kind).label)),
        address=reverse("portal-request-review", args=[request.code]),
        first=step_address(request, Section.PARTIES),
        last=step_address(request, Section.SANCTIONS),
        steps=present_steps(request, content, None),
        lacks=tuple(_lacks(request, content, at)),
        less=tuple(
            field_link(request, content, less.section, less.field, less.words)
            for section in Section
            for less in less_would_do(content, section=section, at=at)
        ),
        instrument=_instrument(request, content, at),
        text_title=protocol.title,
        articles=tuple(ArticleView(article.heading, article.paragraphs, here=False) for article in protocol.articles),
        translated=(get_language() or "")[:2] != OFFICIAL_LANGUAGE,
        may_submit=may_submit,
        returned=_returned(request),
    )


def _returned(request: AuthorisationRequest) -> str:
    """Repeat why it was given back. One query, when it was."""
    if request.state != RequestState.RETURNED:
        return ""
    event = request.requestevents.filter(act=RequestAct.RETURN).order_by("-id").first()
    return event.remark if event else ""


def _lacks(request: AuthorisationRequest, content: RequestContent, at: datetime) -> Iterator[Link]:
    """Tell what the verb itself would refuse, so that the page and the verb never disagree."""
    try:
        check_content(content, at=at)
    except IncompleteRequestError as error:
        for one in error.errors:
            _root, section, field = one.pointer.split("/", 2)
            told = f"{Section(section).label}: {one.detail}"
            yield field_link(request, content, Section(section), field, told)


def _instrument(request: AuthorisationRequest, content: RequestContent, at: datetime) -> InstrumentView:
    kind = RequestKind(request.kind)
    needed, rule = needed_for(content, kind=kind)
    explanation, citation = _("Every systematic disclosure to another authority needs a protocol."), str(OTHERWISE)
    if kind is RequestKind.ACCESSION:
        explanation = _("You join an authorisation that exists. Its terms hold for you from the day on which you join.")
    elif rule is not None:
        explanation, citation = rule.explanation, rule.citation
    covering = () if kind is not RequestKind.NEW else generals_covering(content, at=at)
    return InstrumentView(
        words=words.sentence(str(needed.label)),
        explanation=explanation,
        citation=citation,
        generals=tuple(title_of(version.authorisation) for version in covering),
    )
