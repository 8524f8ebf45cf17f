"""What a request still lacks before it can be submitted: pure, by section and field."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from compliance.authorisations.requests.vocabulary import Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.authorisations.requests.content import RequestContent


class Lack(NamedTuple):
    """One thing that lacks: where, and what to do about it."""

    section: Section
    field: str
    remedy: str


def lacking(content: RequestContent) -> tuple[Lack, ...]:
    """Return everything that lacks, in the order of the sections."""
    return tuple(Lack(section, field, str(remedy)) for section, field, remedy in _lacking(content))


def lacking_in(content: RequestContent, section: Section) -> tuple[Lack, ...]:
    """Return what lacks in one section."""
    return tuple(lack for lack in lacking(content) if lack.section is section)


def _lacking(content: RequestContent) -> Iterator[tuple[Section, str, str]]:
    for section, found in (
        (Section.PARTIES, _parties(content)),
        (Section.PURPOSES, _purposes(content)),
        (Section.DATA, _data(content)),
        (Section.LEGAL_BASIS, _legal_basis(content)),
        (Section.RECIPIENTS, _recipients(content)),
        (Section.RHYTHM, _rhythm(content)),
        (Section.DURATION, _duration(content)),
        (Section.SECURITY, _security(content)),
        (Section.RIGHTS, _rights(content)),
        (Section.SANCTIONS, _sanctions(content)),
    ):
        for field, remedy in found:
            yield section, field, remedy


def _parties(content: RequestContent) -> Iterator[tuple[str, str]]:
    parties = content.parties
    if not parties.title:
        yield "title", _("Give the request a short title.")
    if not parties.provider:
        yield "provider", _("Say which organisation gives the data.")
    if not parties.recipient:
        yield "recipient", _("Say which organisation gets the data.")
    for side in ("recipient_dpo", "provider_dpo"):
        contact = getattr(parties, side)
        if not (contact.name and contact.email):
            yield side, _("Give the name and the e-mail address of the data protection officer.")
    if not (parties.contact.name and parties.contact.email):
        yield "contact", _("Say who answers questions about this request.")


def _purposes(content: RequestContent) -> Iterator[tuple[str, str]]:
    purposes = content.purposes
    if not purposes.purposes:
        yield "purposes", _("Choose at least one purpose.")
    if not purposes.explanation:
        yield "explanation", _("Describe what you will do with the data.")
    if not purposes.first_collection:
        yield "first_collection", _("Say what the data was first collected for.")
    if not purposes.compatibility:
        yield "compatibility", _("Say why your purpose goes together with the first one.")


def _data(content: RequestContent) -> Iterator[tuple[str, str]]:
    if not content.data.services:
        yield "services", _("Choose at least one service.")
    if not content.data.categories:
        yield "categories", _("Choose at least one data category.")
    for position, wanted in enumerate(content.data.categories):
        if not wanted.why:
            yield (
                f"categories/{position}/why",
                _("Say why you need %(category)s, and why less would not do.") % {"category": wanted.category},
            )


def _legal_basis(content: RequestContent) -> Iterator[tuple[str, str]]:
    basis = content.legal_basis
    if not basis.recipient_bases:
        yield "recipient_bases", _("Choose the legal basis on which you may process the data.")
    if not basis.provider_bases:
        yield "provider_bases", _("Choose the legal basis on which the data may be given.")
    if not basis.task:
        yield "task", _("Describe your task in the public interest or your legal obligation.")


def _recipients(content: RequestContent) -> Iterator[tuple[str, str]]:
    if not content.recipients.who:
        yield "who", _("Say who will see the data in your organisation.")


def _rhythm(content: RequestContent) -> Iterator[tuple[str, str]]:
    rhythm = content.rhythm
    if not rhythm.routes:
        yield "routes", _("Choose at least one route.")
    if rhythm.rhythm is None:
        yield "rhythm", _("Say how often you will ask for data.")
    if rhythm.expected_per_month is None:
        yield "expected_per_month", _("Estimate how many exchanges a month you expect.")


def _duration(content: RequestContent) -> Iterator[tuple[str, str]]:
    duration = content.duration
    if duration.starts_on is None:
        yield "starts_on", _("Say from which day you need the data.")
    if duration.ends_on is not None and duration.starts_on is not None and duration.ends_on <= duration.starts_on:
        yield "ends_on", _("The end must come after the beginning.")
    if duration.retention_months is None:
        yield "retention_months", _("Say how many months you keep the data.")
    if not duration.why_so_long:
        yield "why_so_long", _("Say why you keep the data that long.")


def _security(content: RequestContent) -> Iterator[tuple[str, str]]:
    if not content.security.measures:
        yield "measures", _("Choose the measures that you take.")


def _rights(content: RequestContent) -> Iterator[tuple[str, str]]:
    if not content.rights.information:
        yield "information", _("Say how you tell the persons concerned.")
    if not content.rights.exercise:
        yield "exercise", _("Say where the persons concerned can use their rights.")


def _sanctions(content: RequestContent) -> Iterator[tuple[str, str]]:
    if not content.sanctions.sanctions:
        yield "sanctions", _("Say what follows when a party does not keep to the protocol.")
