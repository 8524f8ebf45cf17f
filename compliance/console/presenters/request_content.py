"""What a request says, section by section, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.authorisations.requests.content import field_of
from compliance.authorisations.requests.vocabulary import Measure, Section
from compliance.console.presenters import words
from compliance.console.presenters.authorisation import hours_words
from compliance.console.presenters.facts import Fact
from compliance.console.presenters.periods import PERIOD_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from compliance.authorisations.requests.content import (
        Bases,
        Contact,
        Delivery,
        Duration,
        Parties,
        Purposes,
        Recipients,
        RequestContent,
        RequestedData,
        Rights,
        Sanctions,
        Security,
    )
    from compliance.authorisations.terms import Ceiling
    from compliance.console.presenters.names import Names


def present_content(content: RequestContent, names: Names) -> dict[Section, tuple[Fact, ...]]:
    """Return the facts of each section, in their order; what is not said is left out."""
    return {
        section: tuple(fact for fact in tell(getattr(content, field_of(section)), names) if fact.value)
        for section, tell in _TOLD.items()
    }


def _parties(part: Parties, names: Names) -> Iterator[Fact]:
    yield Fact(_("Title"), part.title)
    yield Fact(_("Gets the data"), _code(part.recipient, names.organisation))
    yield Fact(_("Gives the data"), _code(part.provider, names.organisation))
    yield Fact(_("Processes it for the recipient"), _lines(part.processors, names.organisation))
    yield Fact(_("Data protection officer of the recipient"), _contact(part.recipient_dpo))
    yield Fact(_("Data protection officer of the provider"), _contact(part.provider_dpo))
    yield Fact(_("Answers questions"), _contact(part.contact))


def _purposes(part: Purposes, names: Names) -> Iterator[Fact]:
    yield Fact(_("Purposes"), _lines(part.purposes, names.purpose))
    yield Fact(_("What will be done with the data"), part.explanation)
    yield Fact(_("What it was first collected for"), part.first_collection)
    yield Fact(_("Why both go together"), part.compatibility)


def _data(part: RequestedData, names: Names) -> Iterator[Fact]:
    yield Fact(_("Services"), _lines(part.services, lambda code: names.service(*code.partition("/")[::2])))
    for wanted in part.categories:
        yield Fact(names.category(wanted.category), wanted.why or _("No reason given yet."))


def _legal_basis(part: Bases, names: Names) -> Iterator[Fact]:
    def cited(code: str) -> str:
        basis = names.legal_bases.get(code)
        return code if basis is None else f"{basis.name} ({basis.citation})"

    yield Fact(_("To process the data"), _lines(part.recipient_bases, cited))
    yield Fact(_("To give the data"), _lines(part.provider_bases, cited))
    yield Fact(_("Task or obligation"), part.task)


def _recipients(part: Recipients, _names: Names) -> Iterator[Fact]:
    yield Fact(_("Who sees the data"), part.who)
    yield Fact(_("Groups of users"), _lines(part.user_groups, str))
    yield Fact(_("Passed on to"), part.further)


def _rhythm(part: Delivery, names: Names) -> Iterator[Fact]:
    yield Fact(_("Routes"), _lines(part.routes, names.route))
    yield Fact(_("How often"), words.sentence(str(part.rhythm.label)) if part.rhythm else "")
    yield Fact(_("Why this often"), part.why_this_often)
    expected = part.expected_per_month
    yield Fact(_("Expected exchanges a month"), words.figure(expected) if expected is not None else "")
    yield Fact(_("Ceiling"), ceiling_words(part.ceiling) if part.ceiling else "")
    yield Fact(_("Hours"), hours_words(part.hours) if part.hours else "")


def _duration(part: Duration, _names: Names) -> Iterator[Fact]:
    yield Fact(_("From"), _day(part.starts_on))
    yield Fact(_("Until (excluded)"), _day(part.ends_on))
    months = part.retention_months
    yield Fact(_("The data is kept"), _("%(count)s months") % {"count": words.figure(months)} if months else "")
    yield Fact(_("Why that long"), part.why_so_long)


def _security(part: Security, _names: Names) -> Iterator[Fact]:
    measures = (words.sentence(str(Measure(one).label)) for one in part.measures)
    yield Fact(_("Measures"), "\n".join(measures))
    yield Fact(_("Explanation"), part.explanation)


def _rights(part: Rights, _names: Names) -> Iterator[Fact]:
    yield Fact(_("How persons are told"), part.information)
    yield Fact(_("Where they use their rights"), part.exercise)
    yield Fact(_("Rights that a law restricts"), part.restrictions)


def _sanctions(part: Sanctions, _names: Names) -> Iterator[Fact]:
    yield Fact(_("When a party does not keep to it"), part.sanctions)


_TOLD: dict[Section, Callable[..., Iterator[Fact]]] = {
    Section.PARTIES: _parties,
    Section.PURPOSES: _purposes,
    Section.DATA: _data,
    Section.LEGAL_BASIS: _legal_basis,
    Section.RECIPIENTS: _recipients,
    Section.RHYTHM: _rhythm,
    Section.DURATION: _duration,
    Section.SECURITY: _security,
    Section.RIGHTS: _rights,
    Section.SANCTIONS: _sanctions,
}


def ceiling_words(ceiling: Ceiling) -> str:
    """Say how many exchanges are allowed at most."""
    return _("At most %(count)s exchanges %(period)s.") % {
        "count": words.figure(ceiling.count),
        "period": str(PERIOD_WORDS[ceiling.period]),
    }


def _contact(contact: Contact) -> str:
    return ", ".join(part for part in (contact.name, contact.email) if part)


def _code(code: str, name: Callable[[str], str]) -> str:
    return name(code) if code else ""


def _lines(codes: Iterable[str], name: Callable[[str], str]) -> str:
    return "\n".join(name(code) for code in codes)


def _day(value: date | None) -> str:
    return words.day(value) if value else ""
