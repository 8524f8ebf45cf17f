"""The steps of a request: which are done, which lack something, which are not begun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from compliance.authorisations.requests.completeness import lacking
from compliance.authorisations.requests.content import PARTS, part_of
from compliance.authorisations.requests.vocabulary import Section
from compliance.console.presenters.badge import Badge
from compliance.portal.request_forms import anchor

if TYPE_CHECKING:
    from compliance.authorisations.requests.completeness import Lack
    from compliance.authorisations.requests.content import RequestContent
    from compliance.authorisations.requests.models import AuthorisationRequest


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the list."""

    number: int
    words: str
    address: str
    standing: Badge
    here: bool


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a field."""

    words: str
    address: str


def present_steps(request: AuthorisationRequest, content: RequestContent, here: Section | None) -> tuple[Step, ...]:
    """Put the steps in their order."""
    incomplete = {lack.section for lack in lacking(content)}
    return tuple(
        Step(
            number=number,
            words=str(section.label),
            address=step_address(request, section),
            standing=_standing(content, section, lacks=section in incomplete),
            here=section is here,
        )
        for number, section in enumerate(Section, 1)
    )


def step_address(request: AuthorisationRequest, section: Section) -> str:
    """Return where a step is."""
    return reverse("portal-request-section", args=[request.code, section.value])


def field_link(
    request: AuthorisationRequest, content: RequestContent, section: Section, field: str, words: str
) -> Link:
    """Return words that lead to the very field."""
    return Link(words, f"{step_address(request, section)}#{anchor(content, field)}")


def lack_link(request: AuthorisationRequest, content: RequestContent, lack: Lack) -> Link:
    """Return a remedy that leads to the field that lacks."""
    return field_link(request, content, lack.section, lack.field, lack.remedy)


def _standing(content: RequestContent, section: Section, *, lacks: bool) -> Badge:
    if not lacks:
        return Badge(_("done"), "good")
    if part_of(content, section) == PARTS[section]():
        return Badge(_("not begun"), "open")
    return Badge(_("lacks something"), "care")
