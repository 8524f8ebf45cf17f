"""The public register for programs: the catalogue (DCAT-AP 3), and one protocol (OSLO Toestemming and DPV)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compliance.registry.keeper import keeper
from compliance.registry.models import DataCategory, LegalBasis, Organisation, Purpose
from compliance.reporting.protocols.standing import ProtocolStanding
from compliance.reporting.protocols.vocabulary import (
    CONTEXT,
    FORMATS,
    JSONLD,
    LICENCE,
    PUBLIC,
    SPOKEN,
    THEME,
    agent,
    basis,
    concept,
    day,
    in_languages,
    moment,
    public,
    term,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compliance.authorisations.requests.content import Contact, RequestContent
    from compliance.reporting.protocols.published import PublishedProtocol

_ADMS = "http://purl.org/adms/status/"
STATUS = {
    ProtocolStanding.COMING: f"{_ADMS}UnderDevelopment",
    ProtocolStanding.IN_USE: f"{_ADMS}Completed",
    ProtocolStanding.SUSPENDED: f"{_ADMS}Deprecated",
    ProtocolStanding.ENDED: f"{_ADMS}Withdrawn",
}
_TITLE = {
    "nl": "Protocollen van de Kruispuntbank Inburgering",
    "en": "Protocols of the Crossroads Bank for Civic Integration",
    "fr": "Protocoles de la Banque-carrefour de l'intégration civique",
}
_OFFICER = {
    "nl": "Functionaris voor gegevensbescherming",
    "en": "Data protection officer",
    "fr": "Délégué à la protection des données",
}
_CONTACT = {"nl": "Contact voor dit protocol", "en": "Contact for this protocol", "fr": "Contact pour ce protocole"}
_ABOUT = {
    "nl": "De protocollen voor de elektronische mededeling van persoonsgegevens van de Kruispuntbank Inburgering.",
    "en": "The Crossroads Bank's protocols for the electronic communication of personal data.",
    "fr": "Les protocoles de communication électronique de données à caractère personnel de la Banque-carrefour.",
}


@dataclass(frozen=True, slots=True)
class Register:
    """The rows of the register that protocols name, by code."""

    organisations: Mapping[str, Organisation]
    purposes: Mapping[str, Purpose]
    categories: Mapping[str, DataCategory]
    bases: Mapping[str, LegalBasis]


def read_register() -> Register:
    """Read it. Four queries."""
    return Register(
        organisations={row.code: row for row in Organisation.objects.all()},
        purposes={row.code: row for row in Purpose.objects.all()},
        categories={row.code: row for row in DataCategory.objects.all()},
        bases={row.code: row for row in LegalBasis.objects.all()},
    )


def catalogue(protocols: Iterable[PublishedProtocol]) -> dict[str, Any]:
    """Return the catalogue of all published protocols. Four queries."""
    register = read_register()
    listed = list(protocols)
    datasets = [_dataset(one, register) for one in listed]
    changed = max((one.changed_at for one in listed), default=None)
    node: dict[str, Any] = {
        "@context": CONTEXT,
        "@id": public("protocols-catalogue"),
        "@type": "dcat:Catalog",
        "dct:title": in_languages(**_TITLE),
        "dct:description": in_languages(**_ABOUT),
        "dct:publisher": _agents([keeper()], register),
        "dct:language": [{"@id": one} for one in SPOKEN.values()],
        "dct:license": {"@id": LICENCE},
        "dct:spatial": {"@id": "http://publications.europa.eu/resource/authority/country/BEL"},
        "foaf:homepage": {"@id": public("protocols"), "@type": "foaf:Document"},
        "dcat:themeTaxonomy": {"@id": "http://publications.europa.eu/resource/authority/data-theme"},
        "dcat:dataset": datasets,
    }
    return node | ({"dct:modified": moment(changed.isoformat())} if changed else {})


def protocol_jsonld(protocol: PublishedProtocol) -> dict[str, Any]:
    """Return one protocol. Four queries."""
    register = read_register()
    return {"@context": CONTEXT, **_dataset(protocol, register), **_processing(protocol, register)}


def _dataset(protocol: PublishedProtocol, register: Register) -> dict[str, Any]:
    edition, content = protocol.edition, protocol.edition.content
    authorisation = protocol.authorisation
    named = {language: getattr(authorisation, f"title_{language}") for language in SPOKEN}
    keywords = [register.purposes[code] for code in content.purposes.purposes if code in register.purposes]
    return {
        "@id": f"{public('protocol', protocol.code)}#protocol",
        "@type": ["dcat:Dataset", "dpv:LegalAgreement"],
        "dct:identifier": protocol.code,
        "dct:title": in_languages(**named),
        "dct:description": in_languages(nl=" ".join(content.purposes.explanation.split()) or authorisation.title_nl),
        "dct:publisher": _agents([content.parties.provider], register),
        "dcat:contactPoint": [
            _contact(content.parties.contact, _CONTACT),
            _contact(content.parties.provider_dpo, _OFFICER),
        ],
        "dct:issued": moment(protocol.editions[0].published_at.isoformat()),
        "dct:modified": moment(protocol.changed_at.isoformat()),
        "dct:accessRights": {"@id": PUBLIC},
        "dct:language": {"@id": SPOKEN["nl"]},
        "dct:temporal": _temporal(protocol),
        "dct:spatial": {"@id": "http://publications.europa.eu/resource/authority/country/BEL"},
        "dcat:theme": {"@id": THEME},
        "dcat:version": str(edition.number),
        "dcat:keyword": [
            text for row in keywords for text in in_languages(nl=row.name_nl, en=row.name_en, fr=row.name_fr)
        ],
        "dcat:landingPage": {"@id": public("protocol", protocol.code)},
        "adms:status": {"@id": STATUS[protocol.standing]},
        "odrl:hasPolicy": {"@id": public("protocol-policy", protocol.code)},
        "dcat:distribution": _distributions(protocol),
    }


def _distributions(protocol: PublishedProtocol) -> list[dict[str, Any]]:
    code, digest = protocol.code, protocol.edition.text.protocol_digest
    checksum = {
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": digest},
        }
    }
    forms: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("text/html", public("protocol", code), {}),
        ("application/pdf", public("protocol-pdf", code), {}),
        ("text/plain", public("protocol-text", code), checksum),
        (JSONLD, public("protocol-jsonld", code), {}),
    )
    return [
        {
            "@id": f"{at}#{media_type.partition('/')[2]}",
            "@type": "dcat:Distribution",
            "dct:title": in_languages(nl=protocol.authorisation.title_nl),
            "dcat:accessURL": {"@id": at},
            "dcat:downloadURL": {"@id": at},
            "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
            "dct:format": {"@id": FORMATS[media_type]},
            "dct:license": {"@id": LICENCE},
            **more,
        }
        for media_type, at, more in forms
    ]


def _processing(protocol: PublishedProtocol, register: Register) -> dict[str, Any]:
    content = protocol.edition.content
    return {
        "dpv:hasProcess": {
            "@id": f"{public('protocol', protocol.code)}#processing",
            "@type": ["dpv:PersonalDataProcess", "oslo:VerwerkingsActiviteit"],
            "dct:title": in_languages(nl=protocol.authorisation.title_nl),
            "oslo:verwerker": _agents([content.parties.recipient, *content.parties.processors], register),
            "oslo:verwerkingsgrond": _bases(content.legal_basis.recipient_bases, register),
            "dpv:hasDataController": _agents([content.parties.recipient], register),
            "dpv:hasDataSource": _agents([content.parties.provider], register),
            "dpv:hasDataProcessor": _agents(content.parties.processors, register),
            "dpv:hasDataProtectionOfficer": [
                _contact(content.parties.recipient_dpo, _OFFICER),
                _contact(content.parties.provider_dpo, _OFFICER),
            ],
            "dpv:hasPurpose": [
                concept("purpose", register.purposes[code], "dpv:Purpose")
                for code in content.purposes.purposes
                if code in register.purposes
            ],
            "dpv:hasLegalBasis": _bases(
                (*content.legal_basis.recipient_bases, *content.legal_basis.provider_bases), register
            ),
            "dpv:hasPersonalData": [
                concept(
                    "category", row, "dpv:SpecialCategoryPersonalData" if row.special_category else "dpv:PersonalData"
                )
                for row in (register.categories.get(code) for code in content.categories)
                if row is not None
            ],
            "dpv:hasTechnicalOrganisationalMeasure": [
                {"@id": term(measure.value), "skos:notation": measure.value} for measure in content.security.measures
            ],
            **_retention(content),
        }
    }


def _retention(content: RequestContent) -> dict[str, Any]:
    months = content.duration.retention_months
    if months is None:
        return {}
    kept = {"@type": "dpv:StorageDuration", "rdf:value": {"@type": "xsd:duration", "@value": f"P{months}M"}}
    return {"dpv:hasStorageCondition": kept}


def _temporal(protocol: PublishedProtocol) -> dict[str, Any]:
    duration = protocol.edition.content.duration
    ends = protocol.ended_at.date() if protocol.ended_at else duration.ends_on
    period: dict[str, Any] = {"@type": "dct:PeriodOfTime"}
    if duration.starts_on:
        period["dcat:startDate"] = day(duration.starts_on.isoformat())
    if ends:
        period["dcat:endDate"] = day(ends.isoformat())
    return period


def _agents(codes: Iterable[str], register: Register) -> list[dict[str, Any]]:
    return [agent(register.organisations[code]) for code in codes if code in register.organisations]


def _bases(codes: Iterable[str], register: Register) -> list[dict[str, Any]]:
    return [basis(register.bases[code]) for code in dict.fromkeys(codes) if code in register.bases]


def _contact(contact: Contact, office: Mapping[str, str]) -> dict[str, Any]:
    """Return whom to turn to: by office, without a name."""
    node: dict[str, Any] = {"@type": "vcard:Kind", "vcard:fn": in_languages(**office)}
    return node | ({"vcard:hasEmail": {"@id": f"mailto:{contact.email}"}} if contact.email else {})
