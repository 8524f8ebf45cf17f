"""One published protocol for anyone: in sentences, in facts, and the text itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from compliance.authorisations.requests.protocol import OFFICIAL_LANGUAGE
from compliance.console.presenters import words
from compliance.console.presenters.authorisation_list import title_of
from compliance.console.presenters.exchange_sentences import party, tell
from compliance.console.presenters.facts import Fact, FactGroup
from compliance.console.presenters.protocol_counts import PresentedCounts, present_counts
from compliance.console.presenters.protocol_list import standing_badge
from compliance.reporting.protocols.standing import ProtocolStanding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.safestring import SafeString

    from compliance.authorisations.requests.content import Contact, RequestContent
    from compliance.authorisations.requests.protocol import Article
    from compliance.console.presenters.badge import Badge
    from compliance.console.presenters.names import Names
    from compliance.console.public import Reading
    from compliance.reporting.protocols.document import AnnexedAdvice, ProtocolDocument, Signature
    from compliance.reporting.protocols.published import Edition, PublishedProtocol
    from compliance.reporting.protocols.suppression import ShownCounts


@dataclass(frozen=True, slots=True)
class EditionLink:
    """A published text: when, whether it is the one shown, and whether it is the one that holds."""

    words: str
    address: str
    told: str
    here: bool


@dataclass(frozen=True, slots=True)
class PresentedAdvice:
    """An advice, by office."""

    heading: str
    told: str
    advice: str


@dataclass(frozen=True, slots=True)
class FileLink:
    """The protocol in another form."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class ProtocolStory:
    """What the template needs."""

    code: str
    title: str
    back: str
    standing: Badge
    notice: str
    sentences: tuple[SafeString, ...]
    counts: PresentedCounts | None
    groups: tuple[FactGroup, ...]
    text_title: str
    text_language: str
    text_hint: str
    articles: tuple[Article, ...]
    signatures: tuple[str, ...]
    digest: str
    advices: tuple[PresentedAdvice, ...]
    editions: tuple[EditionLink, ...]
    files: tuple[FileLink, ...]


def present_protocol(
    *,
    protocol: PublishedProtocol,
    edition: Edition,
    document: ProtocolDocument,
    counts: ShownCounts,
    names: Names,
    reading: Reading,
) -> ProtocolStory:
    """Put it into words."""
    content = edition.content
    return ProtocolStory(
        code=protocol.code,
        title=title_of(protocol.authorisation),
        back=reading.start,
        standing=standing_badge(protocol.standing),
        notice=_notice(protocol, edition),
        sentences=tuple(_sentences(content, names)),
        counts=present_counts(counts),
        groups=(
            FactGroup("scope", _("What is exchanged, and why"), tuple(_scope(content, names))),
            FactGroup("term", _("For how long"), tuple(_term(content))),
            FactGroup("rights", _("Your rights"), tuple(_rights(content, names))),
        ),
        text_title=document.protocol.title,
        text_language=OFFICIAL_LANGUAGE,
        text_hint="" if reading.language == OFFICIAL_LANGUAGE else _("Only the Dutch text was signed, and counts."),
        articles=document.protocol.articles,
        signatures=tuple(_signature(one) for one in document.signatures),
        digest=document.digest,
        advices=tuple(_advice(one) for one in document.advices),
        editions=tuple(_editions(protocol, edition, reading)),
        files=tuple(_files(protocol, edition)),
    )


def _notice(protocol: PublishedProtocol, edition: Edition) -> str:
    if edition.number != protocol.edition.number:
        return _("This is not the edition that holds.")
    match protocol.standing:
        case ProtocolStanding.ENDED if protocol.ended_at is not None:
            ended = words.day(words.local_day(protocol.ended_at))
            return _("This protocol ended on %(day)s. Nothing is exchanged under it any more.") % {"day": ended}
        case ProtocolStanding.SUSPENDED:
            return _("This protocol is suspended. Nothing is exchanged under it until that is lifted.")
        case ProtocolStanding.COMING:
            return _("This protocol was concluded, and is not in use yet.")
        case _:
            return ""


def _sentences(content: RequestContent, names: Names) -> Iterator[SafeString]:
    yield tell(
        _("{provider} may give personal data to {recipients}, for: {purposes}."),
        provider=words.sentence(party(content.parties.provider, names)),
        recipients=party(content.parties.recipient, names),
        purposes=words.enumeration([names.purpose(code) for code in content.purposes.purposes]),
    )


def _scope(content: RequestContent, names: Names) -> Iterator[Fact]:
    yield Fact(_("Data"), "\n".join(words.sentence(names.category(code)) for code in content.categories))
    yield Fact(_("Services"), "\n".join(names.service(*code.partition("/")[::2]) for code in content.data.services))
    yield Fact(
        _("Legal basis of the recipient"),
        "\n".join(_basis(code, names) for code in content.legal_basis.recipient_bases),
    )
    yield Fact(
        _("Legal basis of the provider"),
        "\n".join(_basis(code, names) for code in content.legal_basis.provider_bases),
    )
    yield Fact(_("Routes"), words.enumeration([names.route(code) for code in content.rhythm.routes]))
    if content.rhythm.rhythm is not None:
        yield Fact(_("How often"), words.sentence(str(content.rhythm.rhythm.label)))


def _basis(code: str, names: Names) -> str:
    basis = names.legal_bases.get(code)
    return code if basis is None else f"{basis.name} ({basis.citation})"


def _term(content: RequestContent) -> Iterator[Fact]:
    said = content.duration
    if said.starts_on is not None:
        yield Fact(_("Begins on"), words.day(said.starts_on))
        yield Fact(_("Ends on"), words.day(said.ends_on) if said.ends_on else _("without an end"))
    if said.retention_months is not None:
        yield Fact(_("The recipient keeps the data for"), _("%(count)s months") % {"count": said.retention_months})


def _rights(content: RequestContent, names: Names) -> Iterator[Fact]:
    parties = content.parties
    for label, code, contact in (
        (_("Data protection officer of the recipient"), parties.recipient, parties.recipient_dpo),
        (_("Data protection officer of the provider"), parties.provider, parties.provider_dpo),
    ):
        yield Fact(label, "\n".join(filter(None, (names.organisation(code), _contact(contact)))))
    yield Fact(_("Use your rights"), content.rights.exercise)


def _contact(contact: Contact) -> str:
    return contact.email or contact.name


def _signature(signature: Signature) -> str:
    return _("%(side)s, %(moment)s") % {
        "side": words.sentence(str(signature.side.label)),
        "moment": words.moment(signature.at),
    }


def _advice(advice: AnnexedAdvice) -> PresentedAdvice:
    told = words.moment(advice.at)
    return PresentedAdvice(
        heading=f"{words.sentence(str(advice.adviser.label))}: {advice.opinion.label}",
        told=f"{told}, {advice.reference}" if advice.reference else told,
        advice=advice.advice,
    )


def _editions(protocol: PublishedProtocol, shown: Edition, reading: Reading) -> Iterator[EditionLink]:
    for one in reversed(protocol.editions):
        published = words.day(words.local_day(one.published_at))
        told = _("Published on %(day)s") % {"day": published}
        if one.version is not None:
            used = words.day(words.local_day(one.version.valid_from))
            told = _("Published on %(published)s, in use from %(used)s") % {"published": published, "used": used}
        yield EditionLink(
            words=_("Edition %(number)s") % {"number": one.number},
            address=reading.address("protocol-edition", protocol.code, one.number),
            told=told,
            here=one.number == shown.number,
        )


def _files(protocol: PublishedProtocol, edition: Edition) -> Iterator[FileLink]:
    yield FileLink(_("PDF"), reverse("protocol-edition-pdf", args=[protocol.code, edition.number]))
    yield FileLink(_("Plain text"), reverse("protocol-edition-text", args=[protocol.code, edition.number]))
    yield FileLink("JSON-LD", reverse("protocol-jsonld", args=[protocol.code]))
    if protocol.versions:
        yield FileLink(_("Policy (ODRL)"), reverse("protocol-policy", args=[protocol.code]))
