"""One step of a request: its form, what it lacks, what it could take over or do without, and the text as it grows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from compliance.authorisations.requests.completeness import lacking_in
from compliance.authorisations.requests.content import content_digest, part_of
from compliance.authorisations.requests.protocol import OFFICIAL_LANGUAGE, protocol_of
from compliance.authorisations.requests.take_over import offers
from compliance.authorisations.requests.vocabulary import RequestKind, Section
from compliance.authorisations.requests.write_message import open_questions
from compliance.console.presenters import words
from compliance.console.presenters.names import Names
from compliance.portal.presenters.request_edit_guides import GUIDES
from compliance.portal.presenters.request_edit_steps import Link, field_link, lack_link, present_steps, step_address
from compliance.portal.presenters.request_edit_words import tell_fields
from compliance.reporting.less_would_do import less_would_do

if TYPE_CHECKING:
    from datetime import datetime

    from django.forms import BoundField

    from compliance.authorisations.requests.content import Part
    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.portal.presenters.request_edit_steps import Step
    from compliance.portal.request_forms.base import SectionForm

ADDED_SHOWN = 6


@dataclass(frozen=True, slots=True)
class GroupView:
    """Fields that stand together."""

    legend: str
    hint: str
    shape: str
    fields: tuple[BoundField, ...]


@dataclass(frozen=True, slots=True)
class OfferView:
    """What can be taken over, and from where."""

    source: str
    words: str
    added: str


@dataclass(frozen=True, slots=True)
class Differing:
    """A field of which two colleagues wrote something else."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article of the text."""

    heading: str
    paragraphs: tuple[str, ...]
    here: bool


@dataclass(frozen=True, slots=True)
class Growing:
    """What changes while one writes."""

    steps: tuple[Step, ...]
    lacks: tuple[Link, ...]
    less: tuple[Link, ...]
    unsaved: tuple[Link, ...]
    articles: tuple[ArticleView, ...]
    text_title: str
    translated: bool
    saved: str
    based_on: str


@dataclass(frozen=True, slots=True)
class StepPage:
    """What the template of a step needs."""

    code: str
    title: str
    kind: str
    number: int
    of: int
    heading: str
    guide: str
    citation: str
    address: str
    review: str
    previous: str
    is_last: bool
    groups: tuple[GroupView, ...]
    offers: tuple[OfferView, ...]
    questions: tuple[str, ...]
    conflict: tuple[Differing, ...]
    growing: Growing


def present_growing(
    *,
    request: AuthorisationRequest,
    section: Section,
    at: datetime,
    form: SectionForm | None = None,
    unsaved: str = "",
    based_on: str | None = None,
) -> Growing:
    """Gather what is written anew after each save; ``form`` and ``unsaved`` say what could not be saved."""
    content = request.said
    protocol = protocol_of(content, reference=request.code)
    saved = _("Saved on %(moment)s.") % {"moment": words.moment(request.changed_at)}
    return Growing(
        steps=present_steps(request, content, section),
        lacks=tuple(lack_link(request, content, lack) for lack in lacking_in(content, section)),
        less=tuple(
            field_link(request, content, less.section, less.field, less.words)
            for less in less_would_do(content, section=section, at=at)
        ),
        unsaved=_unsaved(form) if form is not None else (),
        articles=tuple(
            ArticleView(article.heading, article.paragraphs, article.section is section)
            for article in protocol.articles
        ),
        text_title=protocol.title,
        translated=(get_language() or "")[:2] != OFFICIAL_LANGUAGE,
        saved=unsaved or saved,
        based_on=content_digest(part_of(content, section)) if based_on is None else based_on,
    )


def present_step(
    *,
    request: AuthorisationRequest,
    section: Section,
    form: SectionForm,
    growing: Growing,
    at: datetime,
    conflicting: Part | None = None,
) -> StepPage:
    """Gather the page of a step; ``conflicting`` is what was typed over what a colleague saved meanwhile."""
    order = list(Section)
    place = order.index(section)
    names = Names()
    return StepPage(
        code=request.code,
        title=request.said.parties.title,
        kind=words.sentence(str(RequestKind(request.kind).label)),
        number=place + 1,
        of=len(order),
        heading=str(section.label),
        guide=str(GUIDES[section].words),
        citation=str(GUIDES[section].citation),
        address=step_address(request, section),
        review=reverse("portal-request-review", args=[request.code]),
        previous=step_address(request, order[place - 1]) if place else "",
        is_last=place + 1 == len(order),
        groups=tuple(
            GroupView(str(group.legend), str(group.hint), group.shape, tuple(form[name] for name in group.fields))
            for group in form.groups()
        ),
        offers=_offers(request, section, names, at),
        questions=tuple(one.message for one in open_questions(request) if one.section == section),
        conflict=_differing(request, section, form, conflicting, names) if conflicting is not None else (),
        growing=growing,
    )


def _unsaved(form: SectionForm) -> tuple[Link, ...]:
    return tuple(
        Link(f"{form[name].label}: {' '.join(map(str, told))}", f"#field-{name}")
        for name, told in form.errors.items()
        if name in form.fields
    )


def _offers(request: AuthorisationRequest, section: Section, names: Names, at: datetime) -> tuple[OfferView, ...]:
    standing = tell_fields(part_of(request.said, section), names)
    return tuple(
        OfferView(
            source=offer.source,
            words=_("You already use this under “%(title)s” (%(code)s).")
            % {"title": offer.title or offer.source, "code": offer.source},
            added=_added(standing, tell_fields(offer.part, names)),
        )
        for offer in offers(request, section, at=at)
    )


def _added(standing: dict[str, str], offered: dict[str, str]) -> str:
    """Return the first lines that taking over would add."""
    lines = [
        line
        for field, told in offered.items()
        for line in told.splitlines()
        if line and line not in standing[field].splitlines()
    ]
    shown = lines[:ADDED_SHOWN]
    if len(lines) > ADDED_SHOWN:
        shown.append(_("%(count)s more") % {"count": len(lines) - ADDED_SHOWN})
    return words.enumeration(shown)


def _differing(
    request: AuthorisationRequest, section: Section, form: SectionForm, typed: Part, names: Names
) -> tuple[Differing, ...]:
    theirs, yours = tell_fields(part_of(request.said, section), names), tell_fields(typed, names)
    return tuple(
        Differing(form.label_of(field), theirs[field], yours[field])
        for field in theirs
        if theirs[field] != yours[field]
    )
