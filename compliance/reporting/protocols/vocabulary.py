"""The vocabularies in which protocols are told to programs, embedded: nobody has to fetch a context to read them.

DCAT-AP 3 for the catalogue, OSLO Toestemming and W3C DPV for what is processed and why, ODRL 2.2 for the policy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compliance.registry.models import LegalBasis, Organisation
    from compliance.registry.named import Named

JSONLD = "application/ld+json"
LANGUAGES = ("nl", "en", "fr")
_GDPR = "https://w3id.org/dpv/legal/eu/gdpr#"
_EU = "http://publications.europa.eu/resource/authority/"
LICENCE = f"{_EU}licence/CC_BY_4_0"
PUBLIC = f"{_EU}access-right/PUBLIC"
THEME = f"{_EU}data-theme/GOVE"
FORMATS = {
    "text/html": f"{_EU}file-type/HTML",
    "application/pdf": f"{_EU}file-type/PDF",
    "text/plain": f"{_EU}file-type/TXT",
    JSONLD: f"{_EU}file-type/JSON_LD",
}
SPOKEN = {"nl": f"{_EU}language/NLD", "en": f"{_EU}language/ENG", "fr": f"{_EU}language/FRA"}
CONTEXT: Mapping[str, Any] = {
    "@version": 1.1,
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": _GDPR,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "org": "http://www.w3.org/ns/org#",
    "oslo": "http://data.vlaanderen.be/ns/toestemming#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def public(name: str, *parts: object) -> str:
    """Return the whole address of a public page or file."""
    return f"{settings.SITE_URL}{reverse(name, args=parts)}"


def iri(kind: str, code: str) -> str:
    """Return what identifies a row of the register: a place in the public register of protocols."""
    return f"{public('protocols')}#{kind}.{code}"


def term(name: str) -> str:
    """Return what identifies a term of our own."""
    return iri("term", name)


def in_languages(**texts: str) -> list[dict[str, str]]:
    """Return a text in the languages in which it is there."""
    return [{"@language": language, "@value": text} for language, text in texts.items() if text]


def names(row: Named) -> list[dict[str, str]]:
    """Return the names of a row of the register."""
    return in_languages(**{language: str(getattr(row, f"name_{language}")) for language in LANGUAGES})


def moment(value: str) -> dict[str, str]:
    """Return a moment."""
    return {"@type": "xsd:dateTime", "@value": value}


def day(value: str) -> dict[str, str]:
    """Return a day."""
    return {"@type": "xsd:date", "@value": value}


def concept(kind: str, row: Named, *types: str) -> dict[str, Any]:
    """Return a row of the register as a concept with its code and names."""
    node = {"@id": iri(kind, row.code), "@type": [*types, "skos:Concept"], "skos:notation": row.code}
    return {**node, "skos:prefLabel": names(row)}


def agent(row: Organisation) -> dict[str, Any]:
    """Return an organisation."""
    return {
        "@id": iri("organisation", row.code),
        "@type": ["foaf:Agent", "org:Organization"],
        "foaf:name": names(row),
        "dct:identifier": [number for number in (row.code, row.kbo_number, row.ovo_code) if number],
    }


def basis(row: LegalBasis) -> dict[str, Any]:
    """Return a legal basis, of the grounds of the GDPR that it names."""
    types = [f"eu-gdpr:A6-1-{row.article_6}", *([f"eu-gdpr:A9-2-{row.article_9}"] if row.article_9 else [])]
    return {**concept("legal-basis", row, *types), "dct:bibliographicCitation": row.citation}


def references(kind: str, codes: Iterable[str]) -> list[dict[str, str]]:
    """Return references to rows of the register."""
    return [{"@id": iri(kind, code)} for code in codes]
